using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Paddock.Core.Identity;

/// <summary>A secret text that cannot print itself: every way of formatting, serialising or inspecting it gives <c>[secret]</c>.</summary>
[DebuggerDisplay("[secret]")]
[JsonConverter(typeof(SecretJsonConverter))]
public sealed class Secret(string value) : IEquatable<Secret>
{
    private readonly string value = value ?? throw new ArgumentNullException(nameof(value));

    /// <summary>The text itself, for the one place that must send or hash it. Never pass the result to a log, a message or an exception.</summary>
    public string Reveal() => value;

    public override string ToString() => "[secret]";

    public bool Equals(Secret? other) => other is not null && string.Equals(value, other.value, StringComparison.Ordinal);

    public override bool Equals(object? obj) => Equals(obj as Secret);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(value);

    private sealed class SecretJsonConverter : JsonConverter<Secret>
    {
        public override Secret Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            throw new JsonException("A secret is never read from JSON; name an environment variable or a file instead.");

        public override void Write(Utf8JsonWriter writer, Secret value, JsonSerializerOptions options) => writer.WriteStringValue("[secret]");
    }
}
