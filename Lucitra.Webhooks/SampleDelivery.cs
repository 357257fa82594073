using System.Net;

namespace Lucitra.Webhooks;

/// <summary>How a sample delivery was answered, and what it told; no ids where the body was given.</summary>
public sealed record SampleDelivery(Uri Url, HttpStatusCode Status, long? ContactId, long? DealId, string? Email);
