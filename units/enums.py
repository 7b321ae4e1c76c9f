from django.db import models


class Kind(models.TextChoices):
    DEPARTMENT = "department", "Sở, ban, ngành"
    PARTY = "party", "Cơ quan Đảng"
    ELECTED_BODY_OFFICE = "elected_body_office", "Văn phòng cơ quan dân cử"
    MASS_ORGANISATION = "mass_organisation", "Mặt trận, đoàn thể, hội"
    CENTRAL_BODY = "central_body", "Cơ quan trung ương tại tỉnh"
    PUBLIC_SERVICE = "public_service", "Đơn vị sự nghiệp công lập"
    SECTION = "section", "Bộ phận thuộc sở, ban, ngành"
    DISTRICT = "district", "Huyện, thị xã, thành phố"
    COMMUNE = "commune", "Xã, phường, thị trấn"
    ENTERPRISE = "enterprise", "Doanh nghiệp"
    COOPERATIVE = "cooperative", "Hợp tác xã"
    HOUSEHOLD_BUSINESS = "household_business", "Hộ kinh doanh"


class Tier(models.TextChoices):
    """Tier of criteria a unit is measured by (plan IV.2.1)."""

    PROVINCIAL = "provincial", "Cấp tỉnh"
    DISTRICT = "district", "Cấp huyện"
    COMMUNE = "commune", "Cấp xã"
    ENTERPRISE = "enterprise", "Doanh nghiệp"


KINDS_OF_TIER = {
    Tier.PROVINCIAL: (
        Kind.DEPARTMENT,
        Kind.PARTY,
        Kind.ELECTED_BODY_OFFICE,
        Kind.MASS_ORGANISATION,
        Kind.CENTRAL_BODY,
        Kind.PUBLIC_SERVICE,
        Kind.SECTION,
    ),
    Tier.DISTRICT: (Kind.DISTRICT,),
    Tier.COMMUNE: (Kind.COMMUNE,),
    Tier.ENTERPRISE: (Kind.ENTERPRISE, Kind.COOPERATIVE, Kind.HOUSEHOLD_BUSINESS),
}
TIER_OF_KIND = {kind: tier for tier, kinds in KINDS_OF_TIER.items() for kind in kinds}


class Role(models.TextChoices):
    FILER = "filer", "Người lập hồ sơ"
    REVIEWER = "reviewer", "Chuyên viên"
    LEAD = "lead", "Lãnh đạo"
    #: approves what a unit files, where the unit wants it; a lead decides in a body that judges
    HEAD = "head", "Thủ trưởng đơn vị"
    ADMINISTRATOR = "administrator", "Quản trị đơn vị"


class Function(models.TextChoices):
    """Functions a unit holds from a date to a date; rights attach to these, not to departments."""

    STANDING_BODY = "standing_body", "Cơ quan thường trực phong trào"
    COMMENDATION_BODY = "commendation_body", "Cơ quan thi đua - khen thưởng"
    #: reads how the movement stands; judges nothing, and sees no verdict before it is published
    LEADERSHIP = "leadership", "Lãnh đạo Ủy ban nhân dân tỉnh"


class Paper(models.TextChoices):
    """Kinds of papers that go to usual recipients."""

    SUBMISSION = "submission", "Tờ trình"
    DECISION = "decision", "Quyết định"
    REPORT = "report", "Báo cáo"
    PLAN = "plan", "Kế hoạch"
    LETTER = "letter", "Công văn"
    MINUTES = "minutes", "Biên bản"


class Sex(models.TextChoices):
    MALE = "male", "Nam"
    FEMALE = "female", "Nữ"


class RequestState(models.TextChoices):
    """Of a request for an account; the requester and the desk read the same words."""

    SUBMITTED = "submitted", "Chờ xét"
    APPROVED = "approved", "Đã cấp tài khoản"
    REFUSED = "refused", "Không cấp tài khoản"


class Scope(models.TextChoices):
    """What a token of the API may read of what its owner may read."""

    REGISTRATIONS = "registrations", "Đăng ký thi đua"
    REPORTS = "reports", "Báo cáo số liệu và kết quả đối chiếu"
    DOSSIERS = "dossiers", "Hồ sơ khen thưởng và các bước xét"


class Change(models.TextChoices):
    """What a reorganisation does; each ends its units and says who comes after them."""

    MERGE = "merge", "Sáp nhập, hợp nhất"
    SPLIT = "split", "Chia tách"
    RENAME = "rename", "Đổi tên"
    ABOLISH = "abolish", "Giải thể, kết thúc hoạt động"
    MIXED = "mixed", "Sắp xếp nhiều đơn vị"
