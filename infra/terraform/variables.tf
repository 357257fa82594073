variable "project" {
  description = "The Google Cloud project. One project per environment."
  type        = string
}

variable "environment" {
  description = "The environment, by the name it has at GitHub too."
  type        = string

  validation {
    condition     = contains(["staging", "production"], var.environment)
    error_message = "environment is staging or production."
  }
}

variable "region" {
  description = "Where everything runs. Personal data stays there: messages, database and files."
  type        = string
  default     = "europe-west1"
}

variable "domain" {
  description = "The name under which the server is reached, such as crm.example.com. Its A record points to the output address."
  type        = string
}

variable "image" {
  description = "The image of the first apply. From then on a release sets the image, and Terraform leaves it alone."
  type        = string
  default     = "us-docker.pkg.dev/cloudrun/container/hello"
}

variable "api" {
  description = "The service that answers GraphQL and REST, and holds subscriptions open."
  type = object({
    cpu           = string
    memory        = string
    min_instances = number
    max_instances = number
    concurrency   = number
  })
}

variable "webhooks" {
  description = "The service that takes HubSpot's deliveries."
  type = object({
    cpu           = string
    memory        = string
    min_instances = number
    max_instances = number
    concurrency   = number
  })
}

variable "worker" {
  description = "The service that applies events. At least one instance, for retries and for the hourly reconciliation."
  type = object({
    cpu           = string
    memory        = string
    min_instances = number
    max_instances = number
    concurrency   = number
  })

  validation {
    condition     = var.worker.min_instances >= 1
    error_message = "worker.min_instances is at least 1: without a worker nothing is tried again."
  }
}

variable "database" {
  description = "Cloud SQL: its size, and whether a standby in another zone takes over."
  type = object({
    tier              = string
    high_availability = bool
    max_connections   = number
    pool_size         = number
    retained_backups  = number
  })
}

variable "requests_per_minute" {
  description = "Requests that one address may send to the API in a minute. Deliveries of HubSpot are not counted."
  type        = number
  default     = 1200
}

variable "trace_share" {
  description = "The share of traces that are kept, from 0 to 1, of requests that bring no decision of their own."
  type        = number
  default     = 0.1
}

variable "sentry_enabled" {
  description = "Whether errors are reported to Sentry; the secret lucitra-sentry-dsn says to which project."
  type        = bool
  default     = false
}

variable "alert_email" {
  description = "Who is told when something is wrong. Empty: nobody, alerts are only shown."
  type        = string
  default     = ""
}

variable "github_repository_id" {
  description = "The number of the repository at GitHub that may release: gh api repos/OWNER/NAME --jq .id"
  type        = string
}

variable "deletion_protection" {
  description = "Whether database and services refuse to be destroyed."
  type        = bool
  default     = true
}
