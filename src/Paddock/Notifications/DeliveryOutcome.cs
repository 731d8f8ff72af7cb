namespace Paddock.Notifications;

/// <summary>What became of one try.</summary>
internal abstract record DeliveryOutcome
{
    private DeliveryOutcome()
    {
    }

    public sealed record Delivered : DeliveryOutcome;

    /// <param name="After">As the receiver asked for.</param>
    public sealed record TryAgain(string Said, TimeSpan? After) : DeliveryOutcome;

    /// <summary>Trying again would be useless.</summary>
    public sealed record Refused(string Said) : DeliveryOutcome;
}
