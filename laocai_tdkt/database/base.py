"""Django's PostgreSQL with statements that the server prepares once and fills in itself.

Such a statement takes at most 65,535 values: what is written in bulk goes in as many statements as that
needs. Django 5.2 knows of no limit here, since without it the driver writes the values into the text.
"""

from django.db.backends.postgresql import base, features, operations

MOST_VALUES = 65_535


class DatabaseFeatures(features.DatabaseFeatures):
    max_query_params = MOST_VALUES


class DatabaseOperations(operations.DatabaseOperations):
    def bulk_batch_size(self, fields, objs):
        return min(len(objs), MOST_VALUES // max(1, len(fields)))


class DatabaseWrapper(base.DatabaseWrapper):
    features_class = DatabaseFeatures
    ops_class = DatabaseOperations
