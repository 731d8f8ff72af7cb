using System.Text;
using Paddock.Core.Audit.Tiles;
using Paddock.Store.Coordination;

namespace Paddock.Store.Audit.Tiles;

/// <summary><c>DIR/keys/audit.signed</c>, beside the key: whoever copies the one copies the other.</summary>
internal sealed class LastSignedFile(StoreOptions options) : ILastSigned
{
    private string SignedFile => Path.Combine(options.KeyDirectory, "audit.signed");

    public LastSigned? Read()
    {
        try
        {
            return LastSigned.Parse(File.ReadAllText(SignedFile)) ?? throw new SignerUnavailableException("keys/audit.signed is damaged: what was signed last is not known here.");
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new SignerUnavailableException($"keys/audit.signed cannot be read: {fault.Message}", fault);
        }
    }

    public void Write(LastSigned head)
    {
        try
        {
            DataDirectoryLock.Create(options.KeyDirectory);
            DurableFile.Replace(SignedFile, Encoding.UTF8.GetBytes(head.ToString()));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new SignerUnavailableException($"keys/audit.signed cannot be written: {fault.Message}", fault);
        }
    }
}
