namespace Paddock.Gateway.Protocols;

/// <summary>A text is not JSON. Says where, never what: bodies are private.</summary>
/// <param name="before">The text up to the fault.</param>
internal sealed class MalformedJsonException(ReadOnlySpan<byte> before) : Exception
{
    /// <summary>Line of the fault, from 1.</summary>
    public int Line { get; } = before.Count((byte)'\n') + 1;

    /// <summary>Bytes before the fault in its line.</summary>
    public int Byte { get; } = before.Length - (before.LastIndexOf((byte)'\n') + 1);
}
