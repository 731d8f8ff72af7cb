using System.Security.Cryptography;
using System.Text;

namespace Paddock.Core.Runbooks;

/// <summary>Ids of runs and drills.</summary>
public static class RunId
{
    /// <param name="at">Ids sort by it.</param>
    public static string OfRun(DateTimeOffset at) => "run_" + Guid.CreateVersion7(at).ToString("N");

    /// <summary>The same however often it is asked for: an alert starts a runbook once.</summary>
    public static string OfAlert(string alert, string runbook) => $"run_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{alert}/{runbook}")))[..32]}";

    /// <param name="at">Ids sort by it.</param>
    public static string OfDrill(DateTimeOffset at) => "drl_" + Guid.CreateVersion7(at).ToString("N");
}
