#!/bin/sh
# Generated, and checked by the build; -Dguichet.descriptions=write writes it anew.
# Usage: acls.sh <bootstrap servers> <properties file of an administrator's client>;
# kafka-acls.sh must be on the PATH. It adds; what a principal has beyond this stays.
set -eu
allow() {
    kafka-acls.sh --bootstrap-server "$bootstrap" --command-config "$client" --add "$@"
}
bootstrap=$1
client=$2
allow --allow-principal User:intake-service --resource-pattern-type literal --operation Read --topic support.assignments.en --topic support.assignments.es --topic support.assignments.pt --topic support.conversions --topic support.sla
allow --allow-principal User:intake-service --resource-pattern-type literal --operation Read --operation Write --topic support.callbacks --topic support.chats --topic support.closures --topic support.erasures --topic support.tickets
allow --allow-principal User:intake-service --resource-pattern-type prefixed --operation Read --group intake-service
allow --allow-principal User:routing-service --resource-pattern-type literal --operation Read --operation Write --topic support.agents --topic support.callbacks --topic support.chats --topic support.desktops --topic support.matching --topic support.tickets
allow --allow-principal User:routing-service --resource-pattern-type literal --operation Read --topic support.closures --topic support.sla
allow --allow-principal User:routing-service --resource-pattern-type literal --operation Write --topic support.assignments.en --topic support.assignments.es --topic support.assignments.pt --topic support.dead-letters
allow --allow-principal User:routing-service --resource-pattern-type literal --operation Describe --topic support.conversions --topic support.erasures
allow --allow-principal User:routing-service --resource-pattern-type prefixed --operation Read --group routing-service
allow --allow-principal User:routing-service --resource-pattern-type prefixed --operation Write --transactional-id routing-service
allow --allow-principal User:routing-service --resource-pattern-type prefixed --operation Read --operation Write --operation Create --topic routing-service
allow --allow-principal User:sla-monitor-service --resource-pattern-type literal --operation Read --topic support.callbacks --topic support.chats --topic support.closures --topic support.tickets
allow --allow-principal User:sla-monitor-service --resource-pattern-type literal --operation Write --topic support.dead-letters --topic support.sla
allow --allow-principal User:sla-monitor-service --resource-pattern-type literal --operation Describe --topic support.agents --topic support.assignments.en --topic support.assignments.es --topic support.assignments.pt --topic support.conversions --topic support.desktops --topic support.erasures --topic support.matching
allow --allow-principal User:sla-monitor-service --resource-pattern-type prefixed --operation Read --group sla-monitor-service
allow --allow-principal User:sla-monitor-service --resource-pattern-type prefixed --operation Write --transactional-id sla-monitor-service
allow --allow-principal User:sla-monitor-service --resource-pattern-type prefixed --operation Read --operation Write --operation Create --topic sla-monitor-service
allow --allow-principal User:escalation-service --resource-pattern-type literal --operation Read --topic support.callbacks --topic support.chats
allow --allow-principal User:escalation-service --resource-pattern-type literal --operation Write --topic support.conversions --topic support.dead-letters --topic support.tickets
allow --allow-principal User:escalation-service --resource-pattern-type literal --operation Describe --topic support.agents --topic support.assignments.en --topic support.assignments.es --topic support.assignments.pt --topic support.closures --topic support.desktops --topic support.erasures --topic support.matching --topic support.sla
allow --allow-principal User:escalation-service --resource-pattern-type prefixed --operation Read --group escalation-service
allow --allow-principal User:escalation-service --resource-pattern-type prefixed --operation Write --transactional-id escalation-service
allow --allow-principal User:escalation-service --resource-pattern-type prefixed --operation Read --operation Write --operation Create --topic escalation-service
allow --allow-principal User:agent-tools --resource-pattern-type literal --operation Read --topic support.assignments.en --topic support.assignments.es --topic support.assignments.pt --topic support.desktops --topic support.erasures
allow --allow-principal User:agent-tools --resource-pattern-type literal --operation Write --topic support.agents --topic support.callbacks --topic support.chats --topic support.tickets
allow --allow-principal User:agent-tools --resource-pattern-type prefixed --operation Read --group agent-tools
allow --allow-principal User:channels --resource-pattern-type literal --operation Read --topic support.erasures
allow --allow-principal User:channels --resource-pattern-type literal --operation Write --topic support.callbacks --topic support.chats --topic support.tickets
