"""The public read side of an app: lists as JSON by pages or whole as a file, tagged, read by anyone."""

import hashlib

from rest_framework import generics
from rest_framework.permissions import AllowAny

from core.api.answers import LIST_RENDERERS, file_answer, not_modified, open_to_all, stamp

_AT_A_TIME = 1000


class Tagged:
    """Tags what is answered by its content; the client that has it already is told so."""

    def finalize_response(self, request, response, *args, **kwargs):
        response = open_to_all(super().finalize_response(request, response, *args, **kwargs))
        if response.status_code == 200 and hasattr(response, "add_post_render_callback"):
            response.add_post_render_callback(lambda rendered: _tag(request, rendered))
        return response


def _tag(request, rendered):
    same = not_modified(request, f'"{hashlib.sha256(rendered.content).hexdigest()[:32]}"')
    return open_to_all(same) if same else stamp(request, rendered)


class PublicDetail(Tagged, generics.RetrieveAPIView):
    authentication_classes = ()
    permission_classes = (AllowAny,)


class PublicList(Tagged, generics.ListAPIView):
    """`asked` are the parameters, `listing` the columns of the files, read from what JSON would say."""

    authentication_classes = ()
    permission_classes = (AllowAny,)
    renderer_classes = LIST_RENDERERS
    asked = None
    listing = None

    def list(self, request, *args, **kwargs):
        file_format = request.accepted_renderer.format
        if file_format == "json":
            return super().list(request, *args, **kwargs)
        queryset = self.filter_queryset(self.get_queryset())
        objects = queryset.order_by(*self.ordering).iterator(chunk_size=_AT_A_TIME)
        rows = self.listing.values_of(self.get_serializer(item).data for item in objects)
        return file_answer(self.listing, rows, total=queryset.count(), file_format=file_format)
