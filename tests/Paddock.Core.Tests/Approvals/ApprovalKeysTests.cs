using Paddock.Core.Approvals;
using static Paddock.Core.Tests.Approvals.People;

namespace Paddock.Core.Tests.Approvals;

public class ApprovalKeysTests
{
    private static readonly GrantOffer offer = new() { ArgvPrefix = ["git", "push"], MaxUses = 2, Ttl = TimeSpan.FromHours(1) };

    [Fact]
    public void An_equal_request_joins_whatever_the_agent_says_of_it() =>
        ApprovalKeys.OfRequest(Request(with: request => request with { Brief = request.Brief with { Model = "another" }, Ttl = TimeSpan.FromHours(2) })).ShouldBe(ApprovalKeys.OfRequest(Request()));

    [Fact]
    public void Another_call_another_chain_or_another_offer_is_another_request()
    {
        var keys = new[]
        {
            Request(), Request(subject: Push("git push --force")), Request(Leads with { Name = "x" }), Request(Leads with { Steps = [Leads.Steps[0] with { Min = 2 }] }),
            Request(Leads with { Steps = [Leads.Steps[0] with { AnyOf = new() { Users = ["leads"] } }] }), Request(with: request => request with { SelfAcknowledgement = true }),
            Request(with: request => request with { Offer = offer }), Request(with: request => request with { Offer = offer with { ArgvPrefix = ["git push"] } }),
        }.Select(ApprovalKeys.OfRequest).ToArray();

        keys.Distinct().Count().ShouldBe(keys.Length);
    }

    [Fact]
    public void A_grant_is_found_by_every_call_of_its_kind()
    {
        var one = Request(with: request => request with { Offer = offer });
        var other = Request(subject: Push("git push origin next"), with: request => request with { Offer = offer });

        ApprovalKeys.OfGrant(one).ShouldNotBeNull().ShouldBe(ApprovalKeys.OfGrant(other));
        ApprovalKeys.OfGrant(Request()).ShouldBeNull();
    }
}
