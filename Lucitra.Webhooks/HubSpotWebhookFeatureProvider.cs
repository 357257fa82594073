using System.Reflection;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Mvc.Controllers;

namespace Lucitra.Webhooks;

/// <summary>
/// Shows the receiving controller to MVC. The controller is internal, so that a host without the receiving role does not
/// find it by itself.
/// </summary>
internal sealed class HubSpotWebhookFeatureProvider : IApplicationFeatureProvider<ControllerFeature>
{
    public void PopulateFeature(IEnumerable<ApplicationPart> parts, ControllerFeature feature) =>
        feature.Controllers.Add(typeof(HubSpotWebhookController).GetTypeInfo());
}
