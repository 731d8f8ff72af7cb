using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Paddock.Core.Approvals;

/// <summary>
/// What makes two requests equal, so that the second joins the first: the same call of the same requester under the same rules. A
/// changed chain or grant makes another request: a yes of those who were asked before is none of those who are asked now.
/// </summary>
public static class ApprovalKeys
{
    /// <summary>Equal for requests that join each other.</summary>
    public static string OfRequest(ApprovalRequest request) => Hash($"request {Rules(request)}{request.Subject.Digest}");

    /// <summary>Equal for requests that one grant covers; null where none is offered.</summary>
    public static string? OfGrant(ApprovalRequest request) =>
        request.Offer is null ? null : Hash($"grant {Rules(request)}{Text(request.Subject.Agent)}{Text(request.Subject.Tool)}");

    private static string Rules(ApprovalRequest request)
    {
        var text = new StringBuilder();
        text.Append(request.Kind).Append(' ').Append(request.Requester.Principal.Value).Append(' ').Append(request.SelfAcknowledgement).Append(' ').Append(Text(request.Chain.Name));
        foreach (var step in request.Chain.Steps)
        {
            text.Append("step ").Append(Number(step.Min)).Append(Number(step.Timeout?.Ticks ?? -1)).Append(Set(step.AnyOf)).Append(step.EscalateTo is null ? "-" : Set(step.EscalateTo));
            text.Append(string.Join(',', step.DistinctFrom)).Append(';');
        }

        if (request.Offer is { } offer)
        {
            text.Append("offer ").Append(Number(offer.MaxUses)).Append(Number(offer.Ttl.Ticks)).Append(Text(offer.Repository)).Append(Text(offer.Task)).Append(List(offer.ArgvPrefix));
        }

        return text.ToString();
    }

    private static string Set(ApproverSet set) => $"[{List(set.Teams)}{List(set.Groups)}{List(set.Users)}{Number((int)set.Roles)}]";

    private static string List(IEnumerable<string> texts) => "[" + string.Concat(texts.Select(Text)) + "]";

    /// <summary>With its length, so that no two lists read the same.</summary>
    private static string Text(string? text) => text is null ? "~ " : $"{Number(text.Length)}{text} ";

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture) + " ";

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
