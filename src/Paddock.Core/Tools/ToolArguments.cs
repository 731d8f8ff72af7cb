using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Paddock.Core.Tools;

/// <summary>What one call's arguments say it does, read by the shape of its tool.</summary>
public sealed record ToolArguments
{
    private static readonly JsonDocumentOptions strict = new() { AllowDuplicateProperties = false, MaxDepth = 128 };

    /// <summary>The arguments as text.</summary>
    public required string Text { get; init; }

    /// <summary>What a shell would run; null when the tool runs none, or when it cannot be told.</summary>
    public string? CommandLine { get; init; }

    public string? WorkingDirectory { get; init; }

    /// <summary>Files and folders that are named, as written.</summary>
    public ImmutableArray<string> Paths { get; init; } = [];

    /// <summary>Hosts of the addresses that are named.</summary>
    public ImmutableArray<string> Hosts { get; init; } = [];

    /// <summary>A member that the shape reads holds something else than it should: what the tool makes of it nobody can tell.</summary>
    public bool IsOdd { get; init; }

    /// <param name="bytes">UTF-8: one JSON object without doubles, or free text; nothing counts as an empty object.</param>
    public static ToolArguments Read(ToolShape shape, ReadOnlySpan<byte> bytes, bool isFree)
    {
        var text = Encoding.UTF8.GetString(bytes);
        if (isFree)
        {
            return OfText(shape, text);
        }

        try
        {
            using var document = JsonDocument.Parse(text.Length == 0 ? "{}" : text, strict);
            return document.RootElement.ValueKind is JsonValueKind.Object ? OfObject(shape, text, document.RootElement) : new() { Text = text, IsOdd = true };
        }
        catch (JsonException)
        {
            return new() { Text = text, IsOdd = true };
        }
    }

    private static ToolArguments OfText(ToolShape shape, string text) => shape switch
    {
        { CommandForm: CommandForm.Script } when CommandScript.Read(text) is var (command, directory) => new() { Text = text, CommandLine = command, WorkingDirectory = directory },
        { CommandForm: CommandForm.Script } => new() { Text = text, Paths = PatchHeaders.Paths(text.Replace("\\n", "\n", StringComparison.Ordinal)), IsOdd = true },
        { Class: ToolClass.Command, CommandForm: CommandForm.Line } => new() { Text = text, CommandLine = text },
        { Patch: not null } => new() { Text = text, Paths = PatchHeaders.Paths(text) },
        _ => new() { Text = text, IsOdd = shape.Command is not null || !shape.Paths.IsEmpty },
    };

    private static ToolArguments OfObject(ToolShape shape, string text, JsonElement root)
    {
        var odd = false;
        var paths = new List<string>();
        foreach (var member in shape.Paths)
        {
            odd |= !TryRead(root, member, "path", paths);
        }

        if (shape.Patch is { Length: > 0 } patch && root.TryGetProperty(patch, out var value))
        {
            odd |= value.ValueKind is not JsonValueKind.String;
            paths.AddRange(value.ValueKind is JsonValueKind.String ? PatchHeaders.Paths(value.GetString()!) : []); // a string
        }

        var urls = new List<string>();
        foreach (var member in shape.Urls)
        {
            odd |= !TryRead(root, member, "url", urls);
        }

        var command = CommandOf(shape, root, ref odd);
        var directory = new List<string>();
        foreach (var member in shape.WorkingDirectory)
        {
            odd |= !TryRead(root, member, "path", directory);
        }

        return new()
        {
            Text = text,
            CommandLine = command,
            WorkingDirectory = directory.FirstOrDefault(),
            Paths = [.. paths],
            Hosts = [.. urls.Select(static url => Uri.TryCreate(url, UriKind.Absolute, out var address) ? address.IdnHost.ToLowerInvariant() : url)],
            IsOdd = odd || directory.Count > 1,
        };
    }

    private static string? CommandOf(ToolShape shape, JsonElement root, ref bool odd)
    {
        if (shape.Command is not { Length: > 0 } member)
        {
            odd |= shape.Class is ToolClass.Command;
            return null;
        }

        if (!root.TryGetProperty(member, out var value))
        {
            odd = true;
            return null;
        }

        if (value.ValueKind is JsonValueKind.String)
        {
            return value.GetString();
        }

        var words = new List<string>();
        if (value.ValueKind is not JsonValueKind.Array || !value.EnumerateArray().All(word => TryAdd(word, words)))
        {
            odd = true;
            return null;
        }

        return shape.CommandForm is CommandForm.Words ? string.Join(' ', words.Select(Quoted)) : string.Join('\n', words);
    }

    /// <summary>A word that any POSIX shell reads as itself.</summary>
    private static string Quoted(string word) =>
        word.Length > 0 && word.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '/' or '.' or ',' or ':' or '=' or '@' or '+') ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    /// <returns>False when the member is there and holds no text, no list of texts and no list of objects with <paramref name="inner"/>.</returns>
    private static bool TryRead(JsonElement root, string member, string inner, List<string> into)
    {
        if (!root.TryGetProperty(member, out var value) || value.ValueKind is JsonValueKind.Null)
        {
            return true;
        }

        return value.ValueKind is JsonValueKind.Array
            ? value.EnumerateArray().All(item => TryAdd(item.ValueKind is JsonValueKind.Object && item.TryGetProperty(inner, out var named) ? named : item, into))
            : TryAdd(value, into);
    }

    private static bool TryAdd(JsonElement value, List<string> into)
    {
        if (value.ValueKind is not JsonValueKind.String)
        {
            return false;
        }

        into.Add(value.GetString()!); // a string
        return true;
    }
}
