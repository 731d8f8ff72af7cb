using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Paddock.Control.Budgets;

/// <summary>Budgets over HTTP.</summary>
internal static class BudgetEndpoints
{
    public static void MapBudgets(this IEndpointRouteBuilder control) =>
        control.MapGet("/budgets", (HttpContext http, ControlDoor door, ShowBudgets use) => door.RunAsync(http, ControlJson.Default.BudgetList, use.RunAsync))
            .WithTags("Budgets").WithSummary("Show what is spent and held in each account, fullest first.").Produces<BudgetList>();
}
