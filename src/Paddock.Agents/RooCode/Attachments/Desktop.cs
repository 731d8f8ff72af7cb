namespace Paddock.Agents.RooCode.Attachments;

/// <summary>Whose way of setting variables it is.</summary>
public enum Desktop
{
    Linux,
    Mac,
    Windows,
}

/// <summary>An editor's extension that is put behind Paddock.</summary>
/// <param name="Agent"><c>roo-code</c> or <c>zoo-code</c>.</param>
/// <param name="Server">Agents' address of Paddock, without a slash at its end.</param>
/// <param name="Organization">Its id, which the extension then asks for; null = any.</param>
/// <param name="CaFile">Certificates (PEM) that the editor is to trust beside its own; null = none.</param>
public sealed record AttachTarget(string Agent, Desktop Desktop, string Server, string? Organization, string? CaFile);

/// <summary>Something that belongs on a developer's machine.</summary>
/// <param name="Name">Of the file, when it is written to a folder for whoever distributes it.</param>
/// <param name="Place">Where it belongs; variables of the system in it.</param>
/// <param name="Use">What it does there.</param>
/// <param name="OfMachine">Whether an administrator puts it there, for all who use the machine.</param>
public sealed record AttachedFile(string Name, string Place, string Use, string Text, bool OfMachine);
