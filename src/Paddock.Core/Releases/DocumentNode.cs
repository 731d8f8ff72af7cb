namespace Paddock.Core.Releases;

/// <summary>A node of a document as it was written, with the line it begins on (1-based).</summary>
internal abstract record DocumentNode(int Line);

/// <param name="Plain">Written without quotes: only then may it be a number, true, false or null.</param>
internal sealed record ScalarNode(int Line, string Text, bool Plain) : DocumentNode(Line)
{
    /// <summary>Nothing, <c>~</c> or <c>null</c>: a key without a value.</summary>
    public bool IsNull => Plain && Text is "" or "~" or "null" or "Null" or "NULL";
}

internal sealed record SequenceNode(int Line, IReadOnlyList<DocumentNode> Items) : DocumentNode(Line);

internal sealed record MappingNode(int Line, IReadOnlyList<MappingEntry> Entries) : DocumentNode(Line)
{
    public MappingEntry? Find(string key) => Entries.FirstOrDefault(entry => entry.Key == key);
}

/// <summary>Something that was refused already: reading it gives no further fault.</summary>
internal sealed record RefusedNode(int Line) : DocumentNode(Line);

/// <param name="Line">Line of the key.</param>
internal sealed record MappingEntry(string Key, int Line, DocumentNode Value);
