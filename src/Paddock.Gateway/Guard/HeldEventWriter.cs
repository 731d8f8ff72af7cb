using System.Text;
using System.Text.Json;
using Paddock.Gateway.Protocols;

namespace Paddock.Gateway.Guard;

/// <summary>Writes an event in which arguments are replaced, and nothing else is changed.</summary>
internal static class HeldEventWriter
{
    private static readonly byte[] emptyText = "\"\""u8.ToArray();
    private static readonly byte[] emptyObject = "{}"u8.ToArray();

    public static void Write(HeldEvent one, ToolReader reader, Action<ReadOnlySpan<byte>> write)
    {
        if (one.Mentions.Exists(static mention => mention is { Part.Kind: ToolPartKind.Other, Call.State: CallState.Refused }))
        {
            return;
        }

        var changes = new List<Change>();
        byte[]? after = null;
        foreach (var mention in one.Mentions)
        {
            if (mention.Call.State is CallState.Refused)
            {
                after = Add(mention, reader, changes) ?? after;
            }
        }

        if (one.Insertion is { } insertion)
        {
            changes.Add(new(new(insertion.At, 0), insertion.Text));
        }

        changes.Sort(static (left, right) => left.At.Start.CompareTo(right.At.Start));
        WriteChanged(one, changes, write);
        if (after is not null)
        {
            write(after);
        }
    }

    /// <returns>An event to be written behind this one; null = none.</returns>
    private static byte[]? Add(in HeldEvent.Mention mention, ToolReader reader, List<Change> changes)
    {
        var (call, part) = (mention.Call, mention.Part);
        switch (part.Kind)
        {
            case ToolPartKind.Begin:
                return AddBegin(call, part, reader, changes);
            case ToolPartKind.Piece:
                changes.Add(new(part.Value, call.IsReplaced ? emptyText : Quoted(call.Replacement)));
                call.IsReplaced = true;
                return null;
            case ToolPartKind.Whole:
                changes.Add(new(part.Value, part.IsText ? Quoted(call.Replacement) : call.Replacement));
                call.IsReplaced = true;
                return null;
            default:
                return null;
        }
    }

    private static byte[]? AddBegin(GuardedCall call, in ToolPart part, ToolReader reader, List<Change> changes)
    {
        if (part.Value.IsPresent)
        {
            changes.Add(new(part.Value, emptyObject));
        }

        if (call.HasArguments || call.IsReplaced)
        {
            return null;
        }

        if (reader.MissingEvent(part.Key, call.Replacement) is { } missing)
        {
            call.IsReplaced = true;
            return missing;
        }

        if (part.InsertAt > 0 && reader.MissingArguments(call.Replacement) is { } member)
        {
            call.IsReplaced = true;
            changes.Add(new(new(part.InsertAt, 0), member));
        }

        return null;
    }

    private static void WriteChanged(HeldEvent one, List<Change> changes, Action<ReadOnlySpan<byte>> write)
    {
        if (one.Data is { } joined)
        {
            var text = new MemoryStream();
            Splice(joined, 0, joined.Length, changes, bytes => text.Write(bytes));
            write(Lines(one.Name, Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length)));
            return;
        }

        Splice(one.Bytes, one.DataStart, one.Bytes.Length, changes, write);
    }

    private static void Splice(byte[] bytes, int offset, int end, List<Change> changes, Action<ReadOnlySpan<byte>> write)
    {
        var at = 0;
        foreach (var change in changes)
        {
            var start = offset + change.At.Start;
            write(bytes.AsSpan(at, start - at));
            write(change.With);
            at = start + change.At.Length;
        }

        write(bytes.AsSpan(at, end - at));
    }

    private static byte[] Lines(string name, string data) =>
        Encoding.UTF8.GetBytes((name.Length > 0 ? $"event: {name}\n" : "") + string.Concat(data.Split('\n').Select(line => $"data: {line}\n")) + "\n");

    private static byte[] Quoted(byte[] text) => [(byte)'"', .. JsonEncodedText.Encode(text).EncodedUtf8Bytes, (byte)'"'];

    private readonly record struct Change(ByteRange At, byte[] With);
}
