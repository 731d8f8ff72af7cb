using System.Text;
using System.Text.Json;
using Paddock.Core.Agents;
using Paddock.Core.Models;

namespace Paddock.Agents.Tests;

/// <summary>A call as a dialect sees it: headers as they were recorded, one to a line, and parts of the body as raw JSON.</summary>
internal sealed class RecordedCall(string headers, params (BodyPart Part, byte[] Json)[] parts) : ICallView
{
    private readonly Dictionary<string, string> byName = headers.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);

    public Wire Wire { get; init; } = Wire.OpenAiChat;

    public string Path { get; init; } = "/v1/chat/completions";

    public string? Header(string name) => byName.GetValueOrDefault(name);

    public ReadOnlySpan<byte> Part(BodyPart part) => parts.FirstOrDefault(p => p.Part == part).Json;

    /// <summary>A call whose newest user message has this content.</summary>
    public static RecordedCall From(string headers, object content) => new(headers, (BodyPart.LastUser, JsonSerializer.SerializeToUtf8Bytes(content)));

    public static RecordedCall With(string headers, BodyPart part, string json) => new(headers, (part, Encoding.UTF8.GetBytes(json)));
}
