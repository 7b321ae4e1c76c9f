from django.urls import path

from reports.api import published, statistics

urlpatterns = [
    path("results/", published.Results.as_view(), name="api_results"),
    path("results/<slug:reference>/", published.Result.as_view(), name="api_result"),
    path("decisions/", published.Decisions.as_view(), name="api_decisions"),
    path("decisions/<uuid:uid>/", published.Decision.as_view(), name="api_decision"),
    path("statistics/", statistics.Statistics.as_view(), name="api_statistics"),
    path("progress/", statistics.Progress.as_view(), name="api_progress"),
]
