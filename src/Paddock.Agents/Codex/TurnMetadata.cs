using System.Text;
using System.Text.Json;

namespace Paddock.Agents.Codex;

/// <summary>What is read of the <c>x-codex-turn-metadata</c> header, a JSON object about the turn.</summary>
/// <param name="Installation">Id of this installation of Codex: the device.</param>
/// <param name="Repository">Remote of the first workspace, the one called origin if there are several; without credentials.</param>
internal readonly record struct TurnMetadata(string? Installation, string? Repository)
{
    /// <summary>Kestrel's own limit of all headers together is 32 KB.</summary>
    private const int MaxLength = 32 << 10;

    public static TurnMetadata Read(string? header)
    {
        if (header is not { Length: > 0 and <= MaxLength })
        {
            return default;
        }

        try
        {
            return Read(Encoding.UTF8.GetBytes(header));
        }
        catch (Exception exception) when (Said.IsMalformed(exception))
        {
            return default;
        }
    }

    private static TurnMetadata Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        string? installation = null, remote = null;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return default;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("installation_id"u8))
            {
                reader.Read();
                installation ??= reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            }
            else if (reader.ValueTextEquals("workspaces"u8))
            {
                reader.Read();
                remote ??= FindRemote(ref reader);
            }
            else
            {
                reader.Read();
            }

            reader.Skip();
        }

        return new(Said.Name(installation), RepositoryUrl.Clean(remote));
    }

    /// <summary>Walks <c>{path: {associated_remote_urls: {name: url}}}</c> to its end, whatever is in it.</summary>
    private static string? FindRemote(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        string? found = null;
        var depth = reader.CurrentDepth;
        while (reader.Read() && reader.CurrentDepth > depth)
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == depth + 2 && reader.ValueTextEquals("associated_remote_urls"u8))
            {
                reader.Read();
                found ??= Remote(ref reader);
            }
        }

        return found;
    }

    private static string? Remote(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        string? first = null, origin = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isOrigin = reader.ValueTextEquals("origin"u8);
            reader.Read();
            var url = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            first ??= url;
            origin ??= isOrigin ? url : null;
            reader.Skip();
        }

        return origin ?? first;
    }
}
