using System.Diagnostics;
using System.Runtime.InteropServices;
using Paddock.Testing;

namespace Paddock.Core.Tests.Tools;

/// <summary>The real PowerShell that <c>./build setup</c> installs: a .NET tool, whose own starter looks for <c>dotnet</c> on the path.</summary>
internal static class PowerShell
{
    /// <summary>The full path; null when it is not installed.</summary>
    public static string? Program { get; } = Directory.Exists(RepositoryFolder.Of("artifacts", "pwsh"))
        ? Directory.EnumerateFiles(RepositoryFolder.Of("artifacts", "pwsh"), "pwsh.dll", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None })
            .SingleOrDefault(static file => Path.GetFileName(Path.GetDirectoryName(file)) == "unix")
        : null;

    public static ProcessStartInfo Start(params ReadOnlySpan<string> arguments) =>
        new(Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet")), [Program!, "-NoProfile", "-NonInteractive", .. arguments]);
}
