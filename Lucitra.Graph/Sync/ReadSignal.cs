using Lucitra.Webhooks;

namespace Lucitra.Graph.Sync;

/// <summary>Wakes this process's reader of records when there is something to read.</summary>
internal sealed class ReadSignal(TimeProvider clock) : Signal(clock);
