using System.Security.Cryptography;
using System.Text;

namespace Paddock.Core.Mitigations;

/// <summary>Ids of mitigations: <c>mit_</c> and 32 hexadecimal digits.</summary>
public static class MitigationId
{
    /// <summary>The same however often the step is carried out, so that one that is done again after a crash makes no second.</summary>
    /// <param name="run">Id of the runbook's run.</param>
    /// <param name="step">The step's name in the runbook.</param>
    public static string Of(string run, string step) => $"mit_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{run}/{step}")))[..32]}";
}
