using System.Security.Cryptography;
using Paddock.Core.Identity;

namespace Paddock.Hosting;

/// <summary>The installation's own secrets in <c>DIR/keys</c> (0700, files 0600): the pepper and the admin key.</summary>
internal sealed class InstallationKeys(string dataDirectory)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string directory = Path.Combine(dataDirectory, "keys");

    public string AdminKeyFile => Path.Combine(directory, "admin.key");

    /// <summary>Reads the pepper (<c>PADDOCK_PEPPER</c> in hexadecimal, else the file), making the file when there is none.</summary>
    public Pepper Pepper()
    {
        if (Environment.GetEnvironmentVariable("PADDOCK_PEPPER") is { Length: > 0 } given)
        {
            return new(Convert.FromHexString(given));
        }

        var file = Path.Combine(directory, "pepper");
        if (!File.Exists(file))
        {
            Write(file, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)));
        }

        return new(Convert.FromHexString(File.ReadAllText(file).Trim()));
    }

    public Secret? AdminKey() => File.Exists(AdminKeyFile) ? new(File.ReadAllText(AdminKeyFile).Trim()) : null;

    /// <summary>Makes the admin key when the directory of identities has none; only its path may ever be shown.</summary>
    public async Task EnsureAdminKeyAsync(IIdentityStore store, Pepper pepper, TimeProvider time, CancellationToken cancellationToken)
    {
        var known = await store.LoadAsync(cancellationToken);
        if (AdminKey() is { } existing && known.Find(KeyHash.Compute(existing.Reveal(), pepper.Bytes)) is { } caller && caller.IsLive(time.GetUtcNow()))
        {
            return;
        }

        var owner = known.Principals.FirstOrDefault(principal => principal.Name == "admin")
            ?? new Principal { Id = PrincipalId.Create(PrincipalKind.ServiceAccount, Guid.NewGuid()), Kind = PrincipalKind.ServiceAccount, Name = "admin", CreatedAt = time.GetUtcNow() };
        await store.AddPrincipalAsync(owner, cancellationToken);
        var token = KeyToken.Create(RandomNumberGenerator.GetBytes(40));
        Write(AdminKeyFile, token.Reveal());
        await store.AddKeyAsync(
            new()
            {
                Id = KeyId.Create(Guid.NewGuid()),
                Prefix = KeyToken.PrefixOf(token.Reveal()),
                Name = "admin",
                Owner = owner.Id,
                Hash = KeyHash.Compute(token.Reveal(), pepper.Bytes),
                Scopes = new() { Control = ControlRoles.Admin },
                CreatedAt = time.GetUtcNow(),
            },
            cancellationToken);
    }

    private void Write(string file, string text)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
            File.WriteAllText(file, text + "\n");
            return;
        }

        Directory.CreateDirectory(directory, OwnerOnly | UnixFileMode.UserExecute);
        // Made with its mode, so that there is no moment in which others could read it.
        using var stream = new FileStream(file, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = OwnerOnly });
        using var writer = new StreamWriter(stream);
        writer.WriteLine(text);
    }
}
