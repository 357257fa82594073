namespace Lucitra.Graph.Http.Sockets;

/// <summary>
/// Why the server closes a WebSocket. Codes from 4400 are those of the graphql-transport-ws protocol; 4008 is this
/// server's own (the protocol leaves it free, and its JavaScript client reconnects after it).
/// </summary>
internal sealed record SocketClose(int Code, string Reason)
{
    public static readonly SocketClose Normal = new(1000, "");
    public static readonly SocketClose NoSubprotocol = new(1002, "Expected the graphql-transport-ws protocol.");
    public static readonly SocketClose TooLarge = new(1009, "The message is larger than GraphQL:MaxRequestBytes.");
    public static readonly SocketClose ServerFault = new(1011, "Unexpected Error");
    public static readonly SocketClose Restarting = new(1012, "The server is shutting down.");
    public static readonly SocketClose SlowConsumer = new(4008, "The client reads too slowly.");
    public static readonly SocketClose InvalidMessage = new(4400, "Invalid message.");
    public static readonly SocketClose InvalidType = new(4400, "Invalid message type.");
    public static readonly SocketClose InvalidSubscribe = new(4400, "Invalid subscribe message structure.");
    public static readonly SocketClose Unauthorized = new(4401, "Unauthorized");
    public static readonly SocketClose Forbidden = new(4403, "Forbidden");
    public static readonly SocketClose InitTimeout = new(4408, "Connection initialization timeout.");
    public static readonly SocketClose DuplicateId = new(4409, "The subscription id is not unique.");
    public static readonly SocketClose InitTwice = new(4429, "Too many initialization requests.");
}
