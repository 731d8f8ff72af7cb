using System.Globalization;
using Paddock.Core.Containments;
using Paddock.Core.Policies;

namespace Paddock.Gateway.Containments;

/// <summary>Says that an operator has stopped this, why, and until when.</summary>
internal static class ContainmentRefusal
{
    public static Refusal Of(Containment containment) => new(RefusalReason.Contained, 403, $"{Words(containment)} Trying again before that does not help; ask your operators.") { ResetAt = containment.ExpiresAt };

    /// <summary>A sentence that a refused tool call says too.</summary>
    public static string Words(Containment containment) => string.Create(
        CultureInfo.InvariantCulture, $"Stopped by an operator until {containment.ExpiresAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC: {containment.Reason} ({containment.Id}).");
}
