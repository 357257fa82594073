namespace Lucitra.Graph.Startup;

/// <summary>A setting keeps the program from starting; the message tells the operator what to set.</summary>
internal sealed class InvalidSettingException(string message) : Exception(message);
