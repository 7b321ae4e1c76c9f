"""The standing body's summaries, offered for printing on `/bao-cao-tong-hop/`."""

from core import press
from registrations.models import Campaign, Period
from reports import documents

READS = "registrations.view_board"
OF_YEAR = "bao-cao-tong-hop-nam"
OF_CAMPAIGN = ("bao-cao-so-ket", "bao-cao-tong-ket")

press.offer(OF_YEAR, "Báo cáo tổng hợp năm", Period, READS, documents.of_year)
press.offer("bao-cao-so-ket", "Báo cáo sơ kết", Campaign, READS, documents.interim)
press.offer("bao-cao-tong-ket", "Báo cáo tổng kết", Campaign, READS, documents.final)
