namespace Paddock.Core.Releases;

/// <summary>The file a document stands in, where its faults go, and the names it uses of other documents.</summary>
internal sealed class DocumentPlace(string file, FaultList faults, List<DocumentReference> references)
{
    public string File => file;

    /// <summary>How many faults were told so far, here and elsewhere.</summary>
    public int FaultCount => faults.Count;

    public void Fault(int line, string key, string message, string? suggestion = null) => faults.Add(file, line, key, message, suggestion);

    /// <summary>Notes that another document must exist; checked when all files are read.</summary>
    public void Refer(string kind, string name, int line, string key) => references.Add(new(kind, name, file, line, key));
}

/// <summary>A name of another document, as it was used somewhere.</summary>
internal sealed record DocumentReference(string Kind, string Name, string File, int Line, string Key);
