using Lucitra.Webhooks;

namespace Lucitra.Graph.Exports;

/// <summary>Wakes the worker of this process when an export was asked for; other processes look by themselves.</summary>
internal sealed class ExportSignal(TimeProvider clock) : Signal(clock);
