using System.Reflection;

namespace Paddock.Hosting;

/// <summary>The version this executable was built as.</summary>
internal static class PaddockVersion
{
    public static string Text { get; } =
        typeof(PaddockVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0";
}
