namespace Lucitra.Webhooks.Crm;

/// <summary>Sends one request and reads its whole answer; everything but 2xx is a <see cref="HubSpotApiException"/>.</summary>
internal sealed class HubSpotHttp(IHttpClientFactory clients, HubSpotApiOptions options, TimeProvider clock)
{
    public const string ClientName = "HubSpot";

    public DateTime UtcNow() => clock.UtcNow();

    public async Task<HubSpotAnswer> SendAsync(
        HubSpotCall call, HttpRequestMessage request, CancellationToken cancellationToken, Action<ToldLimits>? learn = null)
    {
        using var deadline = new CancellationTokenSource(options.Api.RequestTimeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            using var response = await clients.CreateClient(ClientName).SendAsync(request, HttpCompletionOption.ResponseContentRead, either.Token);
            var body = await response.Content.ReadAsByteArrayAsync(either.Token);
            learn?.Invoke(ToldLimits.Of(response));
            if (!response.IsSuccessStatusCode)
                throw HubSpotRefusedCall.Read(call, response, body, clock);
            return new HubSpotAnswer(call.Operation, body, ReadAt(response));
        }
        catch (HttpRequestException fault)
        {
            var wasSent = fault.HttpRequestError
                is not (HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError);
            throw NoAnswer(call, fault, wasSent);
        }
        catch (Exception fault) when (fault is IOException || (fault is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw NoAnswer(call, fault, wasSent: true);
        }
    }

    private static HubSpotApiException NoAnswer(HubSpotCall call, Exception fault, bool wasSent) =>
        new(HubSpotErrorKind.Unavailable, call.Operation, fault) { IsOutcomeUnknown = wasSent && !call.IsRepeatable };

    private DateTime ReadAt(HttpResponseMessage response) => response.Headers.Date is { } told ? UtcTime.Truncate(told.UtcDateTime) : UtcNow();
}
