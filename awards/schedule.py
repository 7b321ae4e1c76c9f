"""What beat calls by the clock: units are told what a lead has released once they may read the outcome."""

from celery.schedules import crontab

LABELS = {"tell_feedback": "Gửi góp ý về đối tượng không được đề nghị"}
BEAT = {
    "tell_feedback": {"task": "awards.tasks.tell_feedback", "schedule": crontab(hour="7-17", minute=45)},
}
