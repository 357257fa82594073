namespace Lucitra.Graph.Schema.Statements;

/// <summary>A value that is JSON already.</summary>
internal sealed class JsonText
{
    private readonly byte[] _bytes = [];
    private JsonBuffer? _buffer;

    /// <summary>JSON that several may write, at any time.</summary>
    public JsonText(byte[] utf8) => _bytes = utf8;

    /// <summary>JSON that one writes, who may give the buffer back then.</summary>
    public JsonText(JsonBuffer buffer) => _buffer = buffer;

    public ReadOnlySpan<byte> Utf8 => _buffer is null ? _bytes : _buffer.Written;

    /// <summary>Gives back what it was kept in, once. It must not be read after.</summary>
    public void GiveBack()
    {
        _buffer?.GiveBack();
        _buffer = null;
    }
}
