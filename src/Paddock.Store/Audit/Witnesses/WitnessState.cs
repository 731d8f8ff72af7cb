using System.Security.Cryptography;
using System.Text;
using Paddock.Core.Audit.Tiles;
using Paddock.Store.Coordination;

namespace Paddock.Store.Audit.Witnesses;

/// <summary>What a witness has seen last of each log: a file for each, with the signed checkpoint. Durable before anything is answered.</summary>
internal sealed class WitnessState
{
    private const int MostConflicts = 100;
    private readonly string seen;
    private readonly string conflicts;

    public WitnessState(string directory)
    {
        (seen, conflicts) = (Path.Combine(directory, "logs"), Path.Combine(directory, "conflicts"));
        DurableFile.CreateDirectory(seen);
        DurableFile.CreateDirectory(conflicts);
    }

    /// <returns>Null when nothing of the log was seen.</returns>
    /// <exception cref="InvalidDataException">The file is damaged: what was seen is not known, and nothing may be signed.</exception>
    public LogCheckpoint? Read(string origin)
    {
        var file = FileOf(origin);
        if (!File.Exists(file))
        {
            return null;
        }

        return SignedNote.Parse(File.ReadAllText(file)) is { } note && LogCheckpoint.Parse(note.Text) is { } checkpoint && checkpoint.Origin == origin
            ? checkpoint
            : throw new InvalidDataException($"{file} is damaged: what was seen of {origin} is not known any more.");
    }

    public void Write(string origin, string note) => DurableFile.Replace(FileOf(origin), Encoding.UTF8.GetBytes(note));

    /// <summary>Keeps a signed checkpoint that does not go with what was seen: it proves that the log was changed.</summary>
    public void KeepConflict(LogCheckpoint checkpoint, string note)
    {
        if (Directory.EnumerateFiles(conflicts).Count() < MostConflicts)
        {
            DurableFile.Replace(Path.Combine(conflicts, $"{Hash(note)[..16]}.note"), Encoding.UTF8.GetBytes(note));
        }
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private string FileOf(string origin) => Path.Combine(seen, Hash(origin)[..32] + ".note");
}
