# Each alert has a chapter of the same name in docs/operations.md: what it means, where to look, what to do.
# The metrics of the server come by OTLP, and keep their names; those of Google have theirs in the form of PromQL.
locals {
  alerts = {
    webhook-lag = {
      name     = "Webhook lag"
      severity = "ERROR"
      minutes  = 5
      query    = "max({\"lucitra.webhook.lag\"}) > 300"
    }
    worker-silent = {
      name     = "Worker silent"
      severity = "CRITICAL"
      minutes  = 10
      query    = "absent({\"lucitra.webhook.lag\"})"
    }
    dead-events = {
      name     = "Dead events"
      severity = "ERROR"
      minutes  = 0
      query    = "sum(increase({\"lucitra.webhook.dead_letters\"}[10m])) > 0"
    }
    dead-letters = {
      name     = "Dead letters in Pub/Sub"
      severity = "ERROR"
      minutes  = 0
      query    = "max(pubsub_googleapis_com:subscription_num_undelivered_messages{monitored_resource=\"pubsub_subscription\",subscription_id=\"${google_pubsub_subscription.dead.name}\"}) > 0"
    }
    queue-age = {
      name     = "Messages wait in Pub/Sub"
      severity = "ERROR"
      minutes  = 5
      query    = "max(pubsub_googleapis_com:subscription_oldest_unacked_message_age{monitored_resource=\"pubsub_subscription\",subscription_id=\"${google_pubsub_subscription.worker.name}\"}) > 300"
    }
    deliveries-refused = {
      name     = "Deliveries not stored"
      severity = "CRITICAL"
      minutes  = 2
      query    = "sum(rate({\"lucitra.webhook.deliveries\",\"lucitra.webhook.outcome\"=\"unavailable\"}[5m])) > 0"
    }
    signatures-rejected = {
      name     = "Signatures rejected"
      severity = "WARNING"
      minutes  = 10
      query    = "sum(rate({\"lucitra.webhook.deliveries\",\"lucitra.webhook.outcome\"=\"rejected\"}[10m])) > 0.1 * sum(rate({\"lucitra.webhook.deliveries\"}[10m]))"
    }
    error-rate = {
      name     = "Error rate"
      severity = "ERROR"
      minutes  = 5
      query    = "sum(rate(loadbalancing_googleapis_com:https_request_count{monitored_resource=\"https_lb_rule\",response_code_class=\"500\"}[5m])) / sum(rate(loadbalancing_googleapis_com:https_request_count{monitored_resource=\"https_lb_rule\"}[5m])) > 0.01"
    }
    failed-operations = {
      name     = "Failed operations"
      severity = "ERROR"
      minutes  = 5
      query    = "sum(rate({\"lucitra.graphql.operation.duration_count\",\"error.type\"=~\"HC0008|HC0045\"}[5m])) / sum(rate({\"lucitra.graphql.operation.duration_count\"}[5m])) > 0.01"
    }
    slow-answers = {
      name     = "Slow answers"
      severity = "WARNING"
      minutes  = 10
      query    = "histogram_quantile(0.99, sum by (le) (rate({\"lucitra.graphql.operation.duration_bucket\",\"graphql.operation.type\"!=\"subscription\"}[5m]))) > 2"
    }
    slow-acknowledgements = {
      name     = "Slow acknowledgements"
      severity = "ERROR"
      minutes  = 5
      query    = "histogram_quantile(0.99, sum by (le) (rate({\"http.server.request.duration_bucket\",\"http.route\"=\"webhook\"}[5m]))) > 2.5"
    }
    hubspot-refuses = {
      name     = "HubSpot refuses calls"
      severity = "WARNING"
      minutes  = 15
      query    = "sum(rate({\"lucitra.hubspot.api.calls\",\"lucitra.hubspot.outcome\"!=\"Succeeded\"}[15m])) > 0.2 * sum(rate({\"lucitra.hubspot.api.calls\"}[15m]))"
    }
    database-cpu = {
      name     = "Database CPU"
      severity = "WARNING"
      minutes  = 15
      query    = "max(cloudsql_googleapis_com:database_cpu_utilization{monitored_resource=\"cloudsql_database\"}) > 0.8"
    }
    database-disk = {
      name     = "Database disk"
      severity = "ERROR"
      minutes  = 15
      query    = "max(cloudsql_googleapis_com:database_disk_utilization{monitored_resource=\"cloudsql_database\"}) > 0.85"
    }
    database-connections = {
      name     = "Database connections"
      severity = "ERROR"
      minutes  = 5
      query    = "sum(cloudsql_googleapis_com:database_postgresql_num_backends{monitored_resource=\"cloudsql_database\"}) > ${floor(var.database.max_connections * 0.85)}"
    }
    memory = {
      name     = "Memory of an instance"
      severity = "WARNING"
      minutes  = 10
      query    = "histogram_quantile(0.99, sum by (le, service_name) (rate(run_googleapis_com:container_memory_utilizations_bucket{monitored_resource=\"cloud_run_revision\"}[5m]))) > 0.9"
    }
  }

  channels = google_monitoring_notification_channel.email[*].id
}

resource "google_monitoring_notification_channel" "email" {
  count = var.alert_email == "" ? 0 : 1

  display_name = "Lucitra: on call"
  type         = "email"
  labels       = { email_address = var.alert_email }

  depends_on = [google_project_service.this]
}

resource "google_monitoring_alert_policy" "this" {
  for_each = local.alerts

  display_name          = each.value.name
  combiner              = "OR"
  severity              = each.value.severity
  notification_channels = local.channels

  conditions {
    display_name = each.value.name

    condition_prometheus_query_language {
      query               = each.value.query
      duration            = "${each.value.minutes * 60}s"
      evaluation_interval = "60s"
    }
  }

  alert_strategy {
    auto_close = "86400s"
  }

  documentation {
    mime_type = "text/markdown"
    content   = "docs/operations.md, \"${each.value.name}\", says what it means and what to do."
  }

  depends_on = [google_project_service.this]
}

resource "google_monitoring_uptime_check_config" "ready" {
  display_name = "Not reachable"
  timeout      = "10s"
  period       = "60s"

  http_check {
    path         = "/health/ready"
    port         = 443
    use_ssl      = true
    validate_ssl = true
  }

  monitored_resource {
    type   = "uptime_url"
    labels = { project_id = var.project, host = var.domain }
  }

  depends_on = [google_project_service.this]
}

resource "google_monitoring_alert_policy" "not_reachable" {
  display_name          = "Not reachable"
  combiner              = "OR"
  severity              = "CRITICAL"
  notification_channels = local.channels

  conditions {
    display_name = "Not reachable"

    condition_threshold {
      filter          = "metric.type=\"monitoring.googleapis.com/uptime_check/check_passed\" AND metric.labels.check_id=\"${google_monitoring_uptime_check_config.ready.uptime_check_id}\" AND resource.type=\"uptime_url\""
      comparison      = "COMPARISON_GT"
      threshold_value = 1
      duration        = "120s"

      aggregations {
        alignment_period     = "120s"
        per_series_aligner   = "ALIGN_NEXT_OLDER"
        cross_series_reducer = "REDUCE_COUNT_FALSE"
        group_by_fields      = ["resource.label.host"]
      }
    }
  }

  alert_strategy {
    auto_close = "86400s"
  }

  documentation {
    mime_type = "text/markdown"
    content   = "docs/operations.md, \"Not reachable\", says what it means and what to do."
  }
}
