"""Reports offered for printing: the standing body's summaries on `/bao-cao-tong-hop/`, and working reports
on one matter, each as PDF, Word and Excel."""

from core import press
from core.models.document import DocumentFormat
from registrations.models import Campaign, Period
from reports.documents import commended, summary, working

READS = "registrations.view_board"
FORMATS = tuple(DocumentFormat)

#: of a year: kind, name, what is needed to read it, and what it says
OF_YEAR = {
    "bao-cao-tong-hop-nam": ("Báo cáo tổng hợp năm", READS, summary.of_year),
    "bao-cao-6-thang": ("Báo cáo 6 tháng", READS, working.six_months),
    "don-vi-cham": ("Đơn vị chậm, chưa làm", READS, working.late_units),
    "xep-hang-don-vi": ("Kết quả xếp hạng", "registrations.view_scores", working.ranking),
    "co-cau-khen-thuong-nam": ("Cơ cấu khen thưởng", READS, commended.of_year),
    "quy-khen-thuong": ("Quỹ thi đua, khen thưởng", "awards.read_ledger", commended.fund),
    "ket-qua-kiem-tra": ("Kết quả kiểm tra", READS, working.inspection),
    "kho-khan-de-xuat": ("Khó khăn, vướng mắc và đề xuất", READS, working.difficulties),
}
OF_CAMPAIGN = {
    "bao-cao-so-ket": ("Báo cáo sơ kết", READS, summary.interim),
    "bao-cao-tong-ket": ("Báo cáo tổng kết", READS, summary.final),
    "co-cau-khen-thuong": ("Cơ cấu khen thưởng", READS, commended.of_campaign),
}

for model, kinds in ((Period, OF_YEAR), (Campaign, OF_CAMPAIGN)):
    for kind, (name, permission, compose) in kinds.items():
        press.offer(kind, name, model, permission, compose, formats=FORMATS, is_report=True)
