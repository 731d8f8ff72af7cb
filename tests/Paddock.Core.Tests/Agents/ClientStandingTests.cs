using Paddock.Core.Agents;
using Paddock.Core.Identity;
using Paddock.Core.Policies;
using Paddock.Core.Policies.Facts;
using Paddock.Core.Tests.Policies;

namespace Paddock.Core.Tests.Agents;

/// <summary>When a client is stale, and when it only is not there.</summary>
public class ClientStandingTests
{
    private static readonly DateTimeOffset noon = new(2026, 3, 4, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan within = TimeSpan.FromMinutes(75);

    [Theory]
    [InlineData(null, 0, ClientStanding.Unknown)]
    [InlineData(0, 0, ClientStanding.Current)]
    [InlineData(75, 10, ClientStanding.Current)]
    [InlineData(76, 2, ClientStanding.Away)]
    [InlineData(76, 1, ClientStanding.Away)]
    [InlineData(76, 0, ClientStanding.Stale)]
    [InlineData(5000, 4925, ClientStanding.Away)]
    [InlineData(5000, 4924, ClientStanding.Stale)]
    public void A_client_is_stale_when_it_goes_on_after_its_time_and_away_when_it_was_not_seen_since(int? refreshedMinutesAgo, int seenMinutesAgo, ClientStanding expected) =>
        Client(refreshedMinutesAgo, seenMinutesAgo).StandingAt(noon, within).ShouldBe(expected);

    [Theory]
    [InlineData(true, null, ClientStanding.Unknown)]
    [InlineData(true, 75, ClientStanding.Current)]
    [InlineData(true, 76, ClientStanding.Stale)]
    [InlineData(false, 75, ClientStanding.Current)]
    [InlineData(false, 76, null)]
    [InlineData(false, null, null)]
    public void A_recent_refresh_is_enough_and_an_old_one_counts_only_when_nobody_else_may_know_of_a_later(bool isKnown, int? minutesAgo, ClientStanding? expected) =>
        new ClientRefresh(isKnown, minutesAgo is { } ago ? noon.AddMinutes(-ago) : null).StandingAt(noon, within).ShouldBe(expected);

    [Fact]
    public void A_rule_may_refuse_by_it_and_takes_its_safe_side_while_nobody_can_tell()
    {
        var set = Rules.Set(Rules.Binding("fresh"), Rules.Policy("fresh", """
            - id: no-stale
              when: client.stale
              effect: deny
              because: Its settings are too old
              tests: [{match: ls, with: {client.stale: true}}, {notMatch: ls}]
            """));

        set.Say(Rules.Command("ls", facts => facts.Set(Fact.ClientStale, true))).ShouldStartWith("Deny");
        set.Say(Rules.Command("ls", facts => facts.Set(Fact.ClientStale, false))).ShouldStartWith("Allow");
        set.Say(Rules.Command("ls", static _ => { })).ShouldStartWith("Allow");
        set.Say(Rules.Command("ls", facts => facts.Untold |= FactMask.Of(Fact.ClientStale))).ShouldStartWith("Deny");
    }

    /// <summary>Whoever calls itself something else is a client of which nothing is known.</summary>
    [Fact]
    public void A_rule_that_allows_by_it_holds_only_for_keys_that_pin_the_agent()
    {
        var set = Rules.Set(Rules.Defaults("{default: deny}"), Rules.Binding("fresh"), Rules.Policy("fresh", """
            - id: current-only
              match: {commands: [[ls]]}
              when: '!client.stale'
              effect: allow
              because: Its settings are good
              tests: [{match: ls}, {notMatch: ls, with: {client.stale: true}}]
            """));

        set.Say(Rules.Command("ls")).ShouldStartWith("Deny");
        set.Say(Rules.Command("ls", pins: KeyPins.Agent)).ShouldBe("Allow fresh/current-only");
    }

    private static AgentClient Client(int? refreshedMinutesAgo, int seenMinutesAgo) => new()
    {
        Credential = KeyId.Create(Guid.Empty),
        Principal = PrincipalId.Create(PrincipalKind.User, Guid.Empty),
        Agent = "roo-code",
        FirstSeenAt = noon.AddDays(-30),
        LastSeenAt = noon.AddMinutes(-seenMinutesAgo),
        RefreshedAt = refreshedMinutesAgo is { } ago ? noon.AddMinutes(-ago) : null,
    };
}
