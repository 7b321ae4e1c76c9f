"""Spreadsheets in and out.

Out: a list declares its columns once (`listing`), a request asks for it (`core.exports`).
In: a `Sheet` describes its columns once; the template to download (`templates`) and the strict
reader (`reading`) both come from it. `core.importing` leads a person through an import.
"""
