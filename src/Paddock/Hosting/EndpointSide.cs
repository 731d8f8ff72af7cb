using Paddock.Settings;

namespace Paddock.Hosting;

/// <summary>Marks whom an endpoint is for; it is not there for requests that come by another listener.</summary>
internal sealed class EndpointSide(ListenerSides sides)
{
    public static readonly EndpointSide Agents = new(ListenerSides.Agents);
    public static readonly EndpointSide Operators = new(ListenerSides.Operators);
    public static readonly EndpointSide Both = new(ListenerSides.Both);

    public ListenerSides Sides => sides;
}
