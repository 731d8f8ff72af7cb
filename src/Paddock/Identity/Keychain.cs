using System.ComponentModel;
using System.Diagnostics;

namespace Paddock.Identity;

/// <summary>
/// The system's keychain, by the system's own program: <c>secret-tool</c> (libsecret) on Linux where a desktop runs, <c>security</c> on macOS.
/// Secrets go over standard input, never on a command line. Elsewhere, and where it does not answer, there is none.
/// </summary>
internal abstract class Keychain
{
    private const string Service = "paddock";

    public static Keychain OfSystem() =>
        OperatingSystem.IsMacOS() ? new Security()
        : OperatingSystem.IsLinux() && Environment.GetEnvironmentVariable("DBUS_SESSION_BUS_ADDRESS") is { Length: > 0 } ? new SecretTool()
        : new None();

    public abstract string? Read(string account);

    /// <returns>False when it did not take it.</returns>
    public abstract bool Write(string account, string secret);

    public abstract void Remove(string account);

    /// <returns>Null when the program is not there, or failed.</returns>
    private static string? Run(string program, string[] arguments, string input)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true });
            if (process is null)
            {
                return null;
            }

            process.StandardInput.Write(input);
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEnd(); // it may ask the user to unlock it
            process.WaitForExit();
            return process.ExitCode == 0 ? output.TrimEnd('\n') : null;
        }
        catch (Exception fault) when (fault is Win32Exception or IOException)
        {
            return null;
        }
    }

    private sealed class SecretTool : Keychain
    {
        public override string? Read(string account) => Run("secret-tool", ["lookup", "service", Service, "account", account], "") is { Length: > 0 } secret ? secret : null;

        public override bool Write(string account, string secret) => Run("secret-tool", ["store", "--label", $"Paddock at {account}", "service", Service, "account", account], secret) is not null && Read(account) == secret;

        public override void Remove(string account) => Run("secret-tool", ["clear", "service", Service, "account", account], "");
    }

    private sealed class Security : Keychain
    {
        public override string? Read(string account) => Run("/usr/bin/security", ["find-generic-password", "-a", account, "-s", Service, "-w"], "") is { Length: > 0 } secret ? secret : null;

        public override bool Write(string account, string secret) =>
            Run("/usr/bin/security", ["-i"], $"add-generic-password -U -a \"{account}\" -s {Service} -w \"{secret}\"\n") is not null && Read(account) == secret;

        public override void Remove(string account) => Run("/usr/bin/security", ["delete-generic-password", "-a", account, "-s", Service], "");
    }

    private sealed class None : Keychain
    {
        public override string? Read(string account) => null;

        public override bool Write(string account, string secret) => false;

        public override void Remove(string account)
        {
            // there is nothing
        }
    }
}
