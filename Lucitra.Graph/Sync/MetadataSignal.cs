using Lucitra.Webhooks;

namespace Lucitra.Graph.Sync;

/// <summary>Wakes this process's reader of metadata when a record names something that is not known.</summary>
internal sealed class MetadataSignal(TimeProvider clock) : Signal(clock);
