"""People with their roles from a spreadsheet: one row per role; a person of two units stands in two rows."""

from collections import defaultdict

from django import forms
from django.db.models.functions import Lower

from core import clock
from core.importing import Plan
from core.models import Event
from core.spreadsheets.columns import Choice, Code, Day, Email, Text
from core.spreadsheets.description import Sheet, SpreadsheetInvalid
from units import emails
from units.enums import Role
from units.models import Membership, Unit, UnitFunction, User
from units.people import DESK_ROLES
from units.spreadsheets.intake import RegisterIntake, note

SHEET = "Người dùng"
MOST_ROWS = 5000
_COLUMNS = (
    Text(
        name="full_name",
        heading="Họ và tên",
        is_required=True,
        limit=120,
        width=30,
        example="Nguyễn Thị Minh Họa",
    ),
    Code(
        name="username",
        heading="Tên đăng nhập",
        is_required=True,
        limit=60,
        width=24,
        pattern=r"[a-z0-9][a-z0-9._-]+",
        words="chỉ gồm chữ thường không dấu, chữ số, dấu chấm và gạch nối",
        example="minhhoa.nt",
    ),
    Email(
        name="email",
        heading="Thư điện tử",
        is_required=True,
        limit=254,
        width=34,
        example="minhhoa@laocai.example",
    ),
    Text(name="position", heading="Chức vụ", limit=120, width=28, example="Chuyên viên Văn phòng"),
    Code(
        name="unit",
        heading="Mã đơn vị",
        is_required=True,
        width=16,
        pattern=r"[A-Za-z0-9-]+",
        words="chỉ gồm chữ cái không dấu, chữ số và gạch nối",
        example="SOYT",
    ),
    Choice(
        name="role",
        heading="Vai trò",
        is_required=True,
        width=22,
        options={role.label: role.value for role in Role},
        example=Role.FILER.label,
    ),
    Day(name="valid_from", heading="Từ ngày", width=14, help="Để trống là từ hôm nay.", example="01/01/2027"),
)


#: what makes one role of a person another one
_ROLE = ("username", "unit", "role")


class InviteForm(forms.Form):
    invites = forms.BooleanField(
        label="Gửi thư mời cho những người mới có tài khoản",
        required=False,
        help_text="Không chọn thì tài khoản được tạo, chưa ai nhận thư; có thể mời sau.",
    )


class PeopleIntake(RegisterIntake):
    name = "nguoi-dung"
    title = "Nhập người dùng từ Excel"
    models = (User, Membership)

    def sheets(self):
        help = (
            "mỗi dòng một vai trò; người có hai vai trò đứng ở hai dòng. Vai trò không bị kết thúc bởi tệp."
        )
        return [Sheet(SHEET, _COLUMNS, help=help, max_rows=MOST_ROWS)]

    def plan(self, tables, faults):
        table = tables[SHEET]
        world = _World(table.rows)
        wrong, people, roles = [], {}, {}
        for row in table.rows:
            found = []
            if row.reads("username"):
                first = people.setdefault(row["username"], row)
                found += self._wrong_person(row, first, world)
            if row.reads("unit"):
                found += self._wrong_role(row, world)
            if row.reads(*_ROLE):
                role = tuple(row[name] for name in _ROLE)
                if role in roles:
                    found.append(("role", f"vai trò này đã có ở dòng {roles[role].number}"))
                roles.setdefault(role, row)
            wrong += [table.fault(row, *reason) for reason in found]
        if faults or wrong:
            raise SpreadsheetInvalid([*faults, *wrong])
        plan = Plan(data=(world, people, [row for row in roles.values() if not world.holds(row)]))
        for username, row in people.items():
            user = world.users.get(username)
            note(plan, "Người dùng", row["full_name"], _words(user) if user else None, _words_of_row(row))
        for row in roles.values():
            unit = world.units[row["unit"]][0]
            words = {"Vai trò": Role(row["role"]).label, "Từ ngày": f"{_begins(row):%d/%m/%Y}"}
            label = f"{row['full_name']} – {unit.name}"
            note(plan, "Vai trò", label, words if world.holds(row) else None, words)
        return plan

    def _wrong_person(self, row, first, world):
        for name in ("full_name", "email", "position"):
            if row.reads(name) and first.reads(name) and row[name] != first[name]:
                yield name, f"khác với dòng {first.number} của cùng người (“{first[name]}”)"
        user = world.users.get(row["username"])
        if user and not user.is_active:
            yield (
                "username",
                f"tài khoản của {user.full_name} đang bị khóa; hãy mở lại ở trang Quản trị trước",
            )
        if not row.reads("email"):
            return
        holder = world.emails.setdefault(row["email"], row["username"])
        if holder != row["username"]:
            yield "email", f"thư điện tử này là của tài khoản “{holder}”"

    def _wrong_role(self, row, world):
        units = world.units[row["unit"]]
        if not units:
            yield "unit", f"không có đơn vị đang hoạt động mã “{row['unit']}”"
        elif len(units) > 1:
            yield (
                "unit",
                f"mã “{row['unit']}” đang là của {len(units)} đơn vị; hãy giao vai trò ở trang đơn vị",
            )
        elif row.values.get("role") in DESK_ROLES and units[0].pk not in world.desks:
            reason = (
                f"“{Role(row['role']).label}” chỉ có ở cơ quan thường trực, cơ quan thi đua - khen thưởng"
            )
            yield "role", reason
        if row.reads(*_ROLE) and row["username"] == self.by.username and not world.holds(row):
            yield "role", "không thể tự giao vai trò cho mình; hãy nhờ quản trị viên khác"

    def apply(self, plan, file, options):
        world, people, roles = plan.data
        new, changed = [], []
        for username, row in people.items():
            user = world.users.get(username)
            if user and _words(user) == _words_of_row(row):
                continue
            (changed if user else new).append(user or User(username=username))
            person = (new if user is None else changed)[-1]
            person.full_name, person.email, person.position = row["full_name"], row["email"], row["position"]
            person.fill_keys()
        for person in new:
            person.set_unusable_password()
        User.objects.bulk_create(new, batch_size=500)
        User.objects.bulk_update(changed, ["full_name", "search_name", "email", "position"], batch_size=500)
        users = world.users | {person.username: person for person in new}
        self._grant(roles, users, world)
        self._record("add_user", new, file)
        self._record("change_user", changed, file)
        invites = bool(options.get("invites"))
        data = {"name": file.name, "sha256": file.sha256, "invited": len(new) * invites, **plan.counts}
        Event.record("import_people", file, by=self.by, acting=self.acting, data=data)
        if invites:
            for person in new:
                emails.invite(person)

    def _grant(self, rows, users, world):
        """The new roles, and in each unit's history who was given which."""
        given, memberships = defaultdict(list), []
        for row in rows:
            user, unit = users[row["username"]], world.units[row["unit"]][0]
            memberships.append(Membership(user=user, unit=unit, role=row["role"], valid_from=_begins(row)))
            given[unit].append({"user": user.full_name, "role": row["role"]})
        Membership.objects.bulk_create(memberships, batch_size=500)
        for unit, people in given.items():
            Event.record("grant", unit, by=self.by, acting=self.acting, data={"people": people})

    def _record(self, act, people, file):
        for person in people:
            Event.record(act, person, by=self.by, acting=self.acting, data={"file": str(file.uid)})


class _World:
    """What is there already of whom and what the rows name, in five questions however many rows."""

    def __init__(self, rows):
        names, addresses, codes = (
            {row[name] for row in rows if row.reads(name)} for name in ("username", "email", "unit")
        )
        today = clock.today()
        self.users = {user.username: user for user in User.objects.filter(username__in=names)}
        holders = User.objects.annotate(address=Lower("email")).filter(address__in=addresses)
        #: whose the address is, before and after the import
        self.emails = dict(holders.values_list("address", "username"))
        self.units = defaultdict(list)
        for unit in Unit.objects.operating_on(today).filter(code__in=codes):
            self.units[unit.code].append(unit)
        open_roles = Membership.objects.filter(user__in=self.users.values(), valid_to__isnull=True)
        self._held = set(open_roles.values_list("user__username", "unit_id", "role"))
        held_today = UnitFunction.objects.filter(validity__contains=today)
        self.desks = set(held_today.values_list("unit_id", flat=True))

    def holds(self, row) -> bool:
        units = self.units[row["unit"]]
        return bool(units) and (row["username"], units[0].pk, row["role"]) in self._held


def _begins(row):
    return row["valid_from"] or clock.today()


def _words(user) -> dict[str, str]:
    return {
        "Họ và tên": user.full_name,
        "Tên đăng nhập": user.username,
        "Thư điện tử": user.email.lower(),
        "Chức vụ": user.position,
    }


def _words_of_row(row) -> dict[str, str]:
    return {
        "Họ và tên": row["full_name"],
        "Tên đăng nhập": row["username"],
        "Thư điện tử": row["email"],
        "Chức vụ": row["position"],
    }
