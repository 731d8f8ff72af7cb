using System.Text;
using System.Text.Json;
using Paddock.Gateway.Protocols;

namespace Paddock.Gateway.Guard;

/// <summary>Writes an event, or a plain answer, in which refused calls are replaced or taken out, and nothing else is changed.</summary>
internal sealed class HeldEventWriter(HeldEvent one, ToolReader reader, CallBook calls)
{
    private static readonly byte[] emptyText = "\"\""u8.ToArray();
    private static readonly byte[] emptyObject = "{}"u8.ToArray();

    private readonly List<Change> changes = [];
    private readonly List<byte[]> after = [];

    public void Write(Action<ReadOnlySpan<byte>> write)
    {
        var kept = true;
        foreach (var mention in one.Mentions)
        {
            if (mention.Call.State is CallState.Refused)
            {
                kept &= mention.Call.IsTakenOut ? TakeOut(mention) : Replace(mention);
            }
        }

        ElementRemoval.Add(one, changes);
        one.Ends.ForEach(End);
        if (one.Besides is { } besides)
        {
            changes.Add(besides);
        }

        if (kept)
        {
            changes.Sort(static (left, right) => left.At.Start.CompareTo(right.At.Start));
            WriteChanged(write);
        }

        after.ForEach(bytes => write(bytes));
    }

    /// <returns>False when the whole event goes.</returns>
    private bool Replace(in HeldEvent.Mention mention)
    {
        var (call, part) = (mention.Call, mention.Part);
        switch (part.Kind)
        {
            case ToolPartKind.Begin:
                ReplaceBegin(call, part);
                return true;
            case ToolPartKind.Piece:
                changes.Add(new(part.Value, call.IsReplaced ? emptyText : Quoted(call.Replacement)));
                call.IsReplaced = true;
                return true;
            case ToolPartKind.Whole:
                changes.Add(new(part.Value, part.IsText ? Quoted(call.Replacement) : call.Replacement));
                call.IsReplaced = true;
                return true;
            default:
                return part.Kind is not ToolPartKind.Other;
        }
    }

    private void ReplaceBegin(GuardedCall call, in ToolPart part)
    {
        if (call.NewName is { } name && part.NameAt.IsPresent)
        {
            changes.Add(new(part.NameAt, Quoted(Encoding.UTF8.GetBytes(name))));
        }

        if (part.Value.IsPresent)
        {
            changes.Add(new(part.Value, emptyObject));
        }

        if (call.HasArguments || call.IsReplaced)
        {
            return;
        }

        if (!part.IsDone && reader.MissingEvent(part.Key, call.Replacement) is { } missing)
        {
            call.IsReplaced = true;
            after.Add(missing);
        }
        else if (part.InsertAt > 0 && reader.MissingArguments(call.Replacement) is { } member)
        {
            call.IsReplaced = true;
            changes.Add(new(new(part.InsertAt, 0), member));
        }
    }

    /// <returns>False when the whole event goes.</returns>
    private bool TakeOut(in HeldEvent.Mention mention)
    {
        var (call, part) = (mention.Call, mention.Part);
        if (part.Kind is ToolPartKind.Begin && !call.IsReplaced && call.Said is { } said)
        {
            call.IsReplaced = true;
            after.Add(reader.StandInEvents(part, said) ?? []);
        }

        if (part.List.IsPresent || part.Kind is ToolPartKind.End)
        {
            return true; // it leaves its list by itself
        }

        if (part.Element.IsPresent && part.Kind is ToolPartKind.Begin)
        {
            changes.Add(new(part.Element, reader.StandIn(part, call.Said ?? "")));
            return true;
        }

        return part.Kind is ToolPartKind.Whole && part.Element.IsPresent; // that lies inside an element
    }

    /// <summary>A choice without calls does not end with one, and a plain answer says the text in its own content.</summary>
    private void End(ToolPart end)
    {
        var said = calls.SaidIn(end.Key.Choice);
        if (said.Length == 0)
        {
            return;
        }

        if (end.Element.IsPresent && reader.PlainFinish.Length > 0 && !calls.AnyStaysIn(end.Key.Choice))
        {
            changes.Add(new(end.Element, reader.PlainFinish));
        }

        var text = JsonEncodedText.Encode(said).EncodedUtf8Bytes;
        if (end.IsText)
        {
            changes.Add(new(new(end.Value.End - 1, 0), [.. end.Value.Length > 2 ? "\\n\\n"u8 : [], .. text]));
        }
        else if (end.Value.IsPresent)
        {
            changes.Add(new(end.Value, [(byte)'"', .. text, (byte)'"']));
        }
        else if (end.InsertAt > 0)
        {
            changes.Add(new(new(end.InsertAt, 0), [.. ",\"content\":\""u8, .. text, (byte)'"']));
        }
    }

    private void WriteChanged(Action<ReadOnlySpan<byte>> write)
    {
        if (one.Data is { } joined)
        {
            var text = new MemoryStream();
            Splice(joined, 0, bytes => text.Write(bytes));
            write(Lines(one.Name, Encoding.UTF8.GetString(text.GetBuffer(), 0, (int)text.Length)));
            return;
        }

        Splice(one.Bytes, one.DataStart, write);
    }

    private void Splice(byte[] bytes, int offset, Action<ReadOnlySpan<byte>> write)
    {
        var at = 0;
        foreach (var change in changes)
        {
            var start = offset + change.At.Start;
            write(bytes.AsSpan(at, start - at));
            write(change.With);
            at = start + change.At.Length;
        }

        write(bytes.AsSpan(at));
    }

    private static byte[] Lines(string name, string data) =>
        Encoding.UTF8.GetBytes((name.Length > 0 ? $"event: {name}\n" : "") + string.Concat(data.Split('\n').Select(line => $"data: {line}\n")) + "\n");

    private static byte[] Quoted(byte[] text) => [(byte)'"', .. JsonEncodedText.Encode(text).EncodedUtf8Bytes, (byte)'"'];
}

/// <summary>Other bytes in a part's place; a length of 0 inserts.</summary>
internal readonly record struct Change(ByteRange At, byte[] With);
