using System.Security.Cryptography;
using Paddock.Core.Audit;
using Paddock.Core.Identity;
using Paddock.Settings;

namespace Paddock.Hosting;

/// <summary>The installation's own secrets in <c>DIR/keys</c> (0700, files 0600): the pepper and the admin key.</summary>
internal sealed class InstallationKeys(string dataDirectory)
{
    private const string AdminName = "admin";
    private const string PepperVariable = "PADDOCK_PEPPER";
    private const string MasterKeyVariable = "PADDOCK_MASTER_KEY";
    private const string AuditKeyVariable = "PADDOCK_AUDIT_KEY";
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private static readonly AuditActor installation = AuditActor.Of("system:installation");

    private readonly string directory = Path.Combine(dataDirectory, "keys");

    public string AdminKeyFile => Path.Combine(directory, "admin.key");

    private string PepperFile => Path.Combine(directory, "pepper");

    /// <summary>Reads the pepper (<c>PADDOCK_PEPPER</c> in hexadecimal, else the file), making the file when there is none.</summary>
    /// <exception cref="SettingsException">It is no pepper.</exception>
    public Pepper Pepper()
    {
        var given = Environment.GetEnvironmentVariable(PepperVariable);
        if (string.IsNullOrWhiteSpace(given) && !File.Exists(PepperFile))
        {
            Write(PepperFile, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)));
        }

        try
        {
            return new(Convert.FromHexString(string.IsNullOrWhiteSpace(given) ? File.ReadAllText(PepperFile).Trim() : given.Trim()));
        }
        catch (Exception fault) when (fault is FormatException or ArgumentException)
        {
            throw new SettingsException($"{(string.IsNullOrWhiteSpace(given) ? PepperFile : PepperVariable)}: expected at least 64 hexadecimal digits. Without the pepper that keys were made with, none of them works.");
        }
    }

    /// <summary>The master key of the environment (<c>PADDOCK_MASTER_KEY</c> in hexadecimal); null = the store's own file.</summary>
    public static Secret? MasterKey() => FromEnvironment(MasterKeyVariable);

    /// <summary>The audit log's signing keys of the environment (<c>PADDOCK_AUDIT_KEY</c>, 64 hexadecimal digits each, the current one first); null = the store's own file.</summary>
    public static Secret? AuditKeys() => FromEnvironment(AuditKeyVariable);

    public Secret? AdminKey() => File.Exists(AdminKeyFile) ? new(File.ReadAllText(AdminKeyFile).Trim()) : null;

    /// <summary>
    /// Makes an admin key while there is no live one, so that nobody is locked out for good; one that was taken away is not made again.
    /// Only its path may ever be shown.
    /// </summary>
    /// <returns>Whether one was made.</returns>
    public async Task<bool> EnsureAdminKeyAsync(IIdentityStore store, Pepper pepper, TimeProvider time, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var known = await store.LoadAsync(cancellationToken);
        if (known.Keys.Any(key => key.Scopes.Control == ControlRoles.Admin && known.IsLive(key.Id, now)))
        {
            return false;
        }

        var owner = known.Principals.FirstOrDefault(principal => principal is { Name: AdminName, Disabled: false })
            ?? new() { Id = PrincipalId.Create(PrincipalKind.ServiceAccount, Guid.NewGuid()), Kind = PrincipalKind.ServiceAccount, Name = FreeName(known), CreatedAt = now };
        var token = KeyToken.Create(RandomNumberGenerator.GetBytes(40));
        Write(AdminKeyFile, token.Reveal());
        await store.AddPrincipalAsync(owner, installation, cancellationToken);
        await store.AddKeyAsync(
            new()
            {
                Id = KeyId.Create(Guid.NewGuid()),
                Prefix = KeyToken.PrefixOf(token.Reveal()),
                Name = AdminName,
                Owner = owner.Id,
                Hash = KeyHash.Compute(token.Reveal(), pepper),
                Scopes = new() { Control = ControlRoles.Admin },
                CreatedAt = now,
            },
            installation,
            cancellationToken);
        return true;
    }

    private static string FreeName(IdentityDirectory known)
    {
        var taken = known.Principals.Select(principal => principal.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return Enumerable.Range(1, taken.Count + 1).Select(number => number == 1 ? AdminName : $"{AdminName}-{number}").First(name => !taken.Contains(name));
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
        File.Delete(file);
        // Made with its mode, so that there is no moment in which others could read it.
        using var stream = new FileStream(file, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly });
        using var writer = new StreamWriter(stream);
        writer.WriteLine(text);
    }

    private static Secret? FromEnvironment(string variable) => Environment.GetEnvironmentVariable(variable) is { } given && !string.IsNullOrWhiteSpace(given) ? new(given.Trim()) : null;
}
