using Paddock.Gateway.Protocols;

namespace Paddock.Gateway.Guard;

/// <summary>An event that waits, with what it says about calls.</summary>
/// <param name="Bytes">As it came, with its blank line.</param>
/// <param name="Data">Its data when that stands in more than one line; else null, and the data are a part of the bytes.</param>
/// <param name="DataStart">Where the data start in the bytes.</param>
internal sealed record HeldEvent(byte[] Bytes, byte[]? Data, int DataStart, string Name)
{
    public List<Mention> Mentions { get; } = [];

    /// <summary>Choices that end here.</summary>
    public List<ToolPart> Ends { get; } = [];

    /// <summary>A change of the data that has nothing to do with calls.</summary>
    public Change? Besides { get; init; }

    public bool IsDecided => Mentions.TrueForAll(static mention => mention.Call.State is not CallState.Open);

    public bool HasRefused => Mentions.Exists(static mention => mention.Call.State is CallState.Refused);

    /// <param name="Part">What was said of the call.</param>
    internal readonly record struct Mention(GuardedCall Call, ToolPart Part);
}
