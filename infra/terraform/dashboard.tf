# From a delivery's way in to those who are told of it, and what it all stands on.
locals {
  charts = [
    { title = "Deliveries a second, by outcome", query = "sum by (\"lucitra.webhook.outcome\") (rate({\"lucitra.webhook.deliveries\"}[5m]))" },
    { title = "Acknowledging a delivery, p99 (s)", query = "histogram_quantile(0.99, sum by (le) (rate({\"http.server.request.duration_bucket\",\"http.route\"=\"webhook\"}[5m])))" },
    { title = "Events a second, by what became of them", query = "sum by (\"lucitra.webhook.event.status\") (rate({\"lucitra.webhook.events\"}[5m]))" },
    { title = "From the change in HubSpot to here, p99 (s)", query = "histogram_quantile(0.99, sum by (le) (rate({\"lucitra.webhook.event.lag_bucket\"}[5m])))" },
    { title = "Oldest event not applied (s)", query = "max({\"lucitra.webhook.lag\"})" },
    { title = "Waiting for another attempt, dead", query = "max by (__name__) ({__name__=~\"lucitra.webhook.(retries|dead_letters).depth\"})" },
    { title = "Messages in Pub/Sub", query = "max by (subscription_id) (pubsub_googleapis_com:subscription_num_undelivered_messages{monitored_resource=\"pubsub_subscription\"})" },
    { title = "Applying a batch, p99 (s)", query = "histogram_quantile(0.99, sum by (le) (rate({\"messaging.process.duration_bucket\"}[5m])))" },
    { title = "GraphQL operations a second", query = "sum by (\"graphql.operation.type\", \"error.type\") (rate({\"lucitra.graphql.operation.duration_count\"}[5m]))" },
    { title = "GraphQL operations, p99 (s)", query = "histogram_quantile(0.99, sum by (le, \"graphql.operation.type\") (rate({\"lucitra.graphql.operation.duration_bucket\"}[5m])))" },
    { title = "Open subscriptions", query = "sum({\"lucitra.graphql.subscriptions\"})" },
    { title = "Calls to HubSpot a second, by outcome", query = "sum by (\"lucitra.hubspot.outcome\") (rate({\"lucitra.hubspot.api.calls\"}[5m]))" },
    { title = "Answers a second, by status", query = "sum by (response_code_class) (rate(loadbalancing_googleapis_com:https_request_count{monitored_resource=\"https_lb_rule\"}[5m]))" },
    { title = "Instances", query = "sum by (service_name, state) (run_googleapis_com:container_instance_count{monitored_resource=\"cloud_run_revision\"})" },
    { title = "Database CPU", query = "max(cloudsql_googleapis_com:database_cpu_utilization{monitored_resource=\"cloudsql_database\"})" },
    { title = "Database statements, p99 (s)", query = "histogram_quantile(0.99, sum by (le) (rate({\"db.client.operation.duration_bucket\"}[5m])))" },
  ]

  chart_width  = 16
  chart_height = 14
}

resource "google_monitoring_dashboard" "this" {
  dashboard_json = jsonencode({
    displayName = "Lucitra"
    mosaicLayout = {
      columns = 48
      tiles = [
        for index, chart in local.charts : {
          xPos   = (index % 3) * local.chart_width
          yPos   = floor(index / 3) * local.chart_height
          width  = local.chart_width
          height = local.chart_height
          widget = {
            title = chart.title
            xyChart = {
              dataSets = [{ plotType = "LINE", timeSeriesQuery = { prometheusQuery = chart.query } }]
              yAxis    = { scale = "LINEAR" }
            }
          }
        }
      ]
    }
  })

  depends_on = [google_project_service.this]
}
