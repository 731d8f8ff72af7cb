using Paddock.Core.Alerts;

namespace Paddock.Core.Releases;

/// <summary>Reads the <c>spec</c> of an <c>Slo</c>.</summary>
internal static class SloSpec
{
    private static readonly string[] subjects = ["provider", "route"];

    public static Slo Read(DocumentHead head, Fields spec)
    {
        var of = (SloSubject)(spec.Choice("of", subjects, required: true) ?? 0);
        var objective = spec.Decimal("objective", 1, required: true) ?? 0.99m;
        if (objective is <= 0 or >= 1)
        {
            spec.Fault("objective", "Expected a share above 0 and below 1, such as 0.99.");
            objective = 0.99m;
        }

        return new(head.Name, head.Owner, of, (double)objective) { Source = NodeText.Of(head, spec.Node) };
    }
}
