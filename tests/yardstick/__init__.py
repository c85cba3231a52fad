"""The yardstick: what the server must answer, worked out field by field over plain Python objects.

It is how a reader of schema.graphql would answer by hand, and it shares no code with the server:
whole tables in (rows), filters and orders over lists (filters, connections), graphql-core's own
executor over the result (execute).
"""
