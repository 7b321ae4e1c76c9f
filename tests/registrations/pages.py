"""Reads a page the way a browser would before a form is sent."""

from html.parser import HTMLParser


class _Forms(HTMLParser):
    def __init__(self):
        super().__init__()
        self.forms, self._select, self._area = [], None, None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        name = attrs.get("name")
        if tag == "form":
            self.forms.append({})
        elif not self.forms:
            return
        elif tag == "input" and name and attrs.get("type") not in ("file", "submit"):
            if attrs.get("type") not in ("checkbox", "radio") or "checked" in attrs:
                ticked = "on" if attrs.get("type") in ("checkbox", "radio") else ""
                self.forms[-1].setdefault(name, []).append(attrs.get("value", ticked))
        elif tag == "select":
            self._select = name
            self.forms[-1][name] = []
        elif tag == "option" and self._select and "selected" in attrs:
            self.forms[-1][self._select].append(attrs.get("value", ""))
        elif tag == "textarea":
            self._area = name
            self.forms[-1][name] = [""]

    def handle_endtag(self, tag):
        if tag == "select":
            self._select = None
        elif tag == "textarea":
            self._area = None

    def handle_data(self, data):
        if self._area:
            self.forms[-1][self._area][0] += data.removeprefix("\n")


def form_with(answer, field) -> dict:
    """The fields of the form of the page that has `field`, filled in as the browser shows them."""
    reader = _Forms()
    reader.feed(answer.content.decode())
    found = next(form for form in reader.forms if field in form)
    return {name: values for name, values in found.items() if name != "csrfmiddlewaretoken"}
