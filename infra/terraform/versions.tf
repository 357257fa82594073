terraform {
  required_version = ">= 1.9.0"

  required_providers {
    google = {
      source  = "hashicorp/google"
      version = ">= 6.50.0, < 8.0.0"
    }
  }

  # The bucket is named at init: terraform init -backend-config="bucket=<project>-terraform"
  backend "gcs" {
    prefix = "lucitra"
  }
}
