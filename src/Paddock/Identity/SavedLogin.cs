using System.Text.Json;
using System.Text.Json.Serialization;
using Paddock.Core.Identity;

namespace Paddock.Identity;

/// <summary>
/// Where this machine is signed in: <c>paddock/login.json</c> in the user's settings directory (0600). The secret lies in the system's keychain
/// where there is one that answers, else in the file itself.
/// </summary>
internal sealed class SavedLogin(string file, Keychain keychain)
{
    /// <summary>Of whoever runs this.</summary>
    public static SavedLogin OfUser() => new(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify), "paddock", "login.json"), Keychain.OfSystem());

    public string File => file;

    /// <returns>Null when nobody is signed in from here.</returns>
    public (Uri Server, Secret Secret)? Read()
    {
        if (!System.IO.File.Exists(file) || JsonSerializer.Deserialize(System.IO.File.ReadAllText(file), SavedLoginJson.Default.LoginFile) is not { } saved)
        {
            return null;
        }

        return (saved.Secret ?? keychain.Read(saved.Server)) is { } secret ? (new(saved.Server), new(secret)) : null;
    }

    /// <returns>Whether the secret lies in a keychain.</returns>
    public bool Write(Uri server, Secret secret)
    {
        var kept = keychain.Write(server.AbsoluteUri, secret.Reveal());
        Directory.CreateDirectory(Path.GetDirectoryName(file) ?? ".");
        System.IO.File.Delete(file);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite; // made with it: there is no moment in which others could read it
        }

        using var stream = new FileStream(file, options);
        JsonSerializer.Serialize(stream, new LoginFile(server.AbsoluteUri, kept ? null : secret.Reveal()), SavedLoginJson.Default.LoginFile);
        return kept;
    }

    public void Remove()
    {
        if (Read() is { } saved)
        {
            keychain.Remove(saved.Server.AbsoluteUri);
        }

        System.IO.File.Delete(file);
    }
}

/// <param name="Secret">Null when it lies in the keychain.</param>
internal sealed record LoginFile(string Server, string? Secret);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, WriteIndented = true)]
[JsonSerializable(typeof(LoginFile))]
internal sealed partial class SavedLoginJson : JsonSerializerContext;
