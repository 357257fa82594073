# One address may ask the API so often. Limits per caller are the server's own.
resource "google_compute_security_policy" "api" {
  name = "lucitra-api"
  type = "CLOUD_ARMOR"

  rule {
    action      = "throttle"
    priority    = 1000
    description = "Requests of one address"

    match {
      versioned_expr = "SRC_IPS_V1"

      config {
        src_ip_ranges = ["*"]
      }
    }

    rate_limit_options {
      conform_action = "allow"
      exceed_action  = "deny(429)"
      enforce_on_key = "IP"

      rate_limit_threshold {
        count        = var.requests_per_minute
        interval_sec = 60
      }
    }
  }

  rule {
    action      = "allow"
    priority    = 2147483647
    description = "default"

    match {
      versioned_expr = "SRC_IPS_V1"

      config {
        src_ip_ranges = ["*"]
      }
    }
  }

  depends_on = [google_project_service.this]
}

# HubSpot sends from few addresses that it shares with all of its customers, in bursts of any size: what carries a signature
# is never counted, and the server checks it. What carries none is not HubSpot's.
resource "google_compute_security_policy" "webhooks" {
  name = "lucitra-webhooks"
  type = "CLOUD_ARMOR"

  rule {
    action      = "throttle"
    priority    = 1000
    description = "Requests without a signature of HubSpot"

    match {
      expr {
        expression = "!has(request.headers['x-hubspot-signature-v3']) && !has(request.headers['x-hubspot-signature'])"
      }
    }

    rate_limit_options {
      conform_action = "allow"
      exceed_action  = "deny(429)"
      enforce_on_key = "IP"

      rate_limit_threshold {
        count        = 30
        interval_sec = 60
      }
    }
  }

  rule {
    action      = "allow"
    priority    = 2147483647
    description = "default"

    match {
      versioned_expr = "SRC_IPS_V1"

      config {
        src_ip_ranges = ["*"]
      }
    }
  }

  depends_on = [google_project_service.this]
}
