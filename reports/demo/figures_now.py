"""Reports of figures that accounts of the demo are writing: half done, with a jump, an initiative, a file."""

from datetime import datetime, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from core import clock
from core.files import PDF
from registrations import workflow
from registrations.models import Period
from reports.demo import figures, texts
from reports.demo.papers import content, uid
from reports.demo.world import World

#: whose reports are begun; the others find the button to begin
WRITING = ("demo.so", "demo.xa")


def begin_reports(world: World, period: Period, now: datetime) -> None:
    """`period` is the first whose annual report is not due yet."""
    for name in WRITING:
        filer = world.people[name]
        unit = next(u for u in world.units.values() if world.filers.get(u.pk) == filer)
        with clock.played_at(now - timedelta(hours=20)):
            report = workflow.start_report(period, unit, by=filer, acting=unit)
            _write(report, filer, unit)


def _write(report, filer, unit) -> None:
    written = workflow.content_of_report(report)
    criteria = list(workflow.criteria_of(report))
    # The last two wait for the person who tries the demo.
    for criterion in criteria[:-2]:
        declared = figures.figure(report, criterion, report.period.year)
        values = written["figures"][criterion.code]
        values |= {part: getattr(declared, part) for part in workflow.FIGURE_FIELDS}
        if criterion.exclusion and declared.denominator:
            values["excluded"] = declared.denominator // 50
    fallen = written["figures"][criteria[0].code]
    if fallen["denominator"]:
        fallen["numerator"] = fallen["denominator"] * 2 // 3
    written["initiatives"] = [
        {
            "key": str(uid("initiative", unit.code)),
            "name": f"Trợ lý ảo tra cứu thủ tục bằng tiếng Mông {texts.MARK}",
            "authors": "Tổ công nghệ số cộng đồng",
            "effect": "Giảm một nửa số lượt hỏi trực tiếp tại bộ phận một cửa",
            "recognition": "",
        }
    ]
    written["difficulties"] = "Đường truyền ở ba thôn vùng cao chưa ổn định. (Nội dung minh họa.)"
    paper = SimpleUploadedFile("minh-chung.pdf", content("minh-chung.pdf"), content_type=PDF)
    workflow.save_report(
        report,
        by=filer,
        version=report.version,
        content=written,
        evidence=[(criteria[0].code, paper)],
        acting=unit,
    )
